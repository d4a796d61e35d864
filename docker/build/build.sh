#!/bin/sh
# Builds one of the project's parts and what it is built on, without tests and without the checks that ./mm test makes.
# usage: build.sh modulemanager-core|modulemanager-api|examples|service|all [MAVEN_OPTIONS]
#   service   the distribution that VYRA_SLIM asks for
#   all       both distributions and the examples
set -eu
case ${VYRA_SLIM:-false} in
    true) distribution=slim ;;
    false) distribution=full ;;
    *)
        echo "build: VYRA_SLIM takes true or false, not '$VYRA_SLIM'." >&2
        exit 2
        ;;
esac
part=$1
shift
# All but the last step is the same for both distributions, so that an engine keeps it for both.
profiles=full,slim
case $part in
    service) set -- -Dexamples.skip=true "$@" && part=modulemanager-$distribution profiles=$distribution ;;
    all) part=modulemanager-full,modulemanager-slim,examples ;;
esac
# Builds of some seconds end before the JVM's second compiler pays.
export MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}"
exec mvn -B -ntp -q package "-P$profiles" -pl "$part" -am -DskipTests -Dspotless.check.skip=true \
    -Dfrontend.skip=true -Dcompiler.checks=-Xlint:none "$@"
