#!/bin/sh
# Builds the distribution that VYRA_SLIM asks for, and the demo repository that the AOT cache is trained with. The page is built elsewhere.
# usage: build.sh [MAVEN_OPTIONS]
set -eu
case ${VYRA_SLIM:-false} in
    true) distribution=slim ;;
    false) distribution=full ;;
    *)
        echo "build: VYRA_SLIM takes true or false, not '$VYRA_SLIM'." >&2
        exit 2
        ;;
esac
exec mvn -B -ntp -q package "-P$distribution" -pl "modulemanager-$distribution,examples" -am \
    -DskipTests -Dspotless.check.skip=true -Dfrontend.skip=true "$@"
