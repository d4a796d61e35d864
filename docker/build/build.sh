#!/bin/sh
# Builds one of the project's parts, without tests and without the checks that ./mm test makes, and keeps its artifacts in /built, where
# the parts built on it find them: so none is built twice.
# usage: build.sh modulemanager-core|modulemanager-api|examples|service|all [MAVEN_OPTIONS]
#   service   the distribution that VYRA_SLIM asks for
#   all       every part at once, keeping their poms alone
set -eu
case ${VYRA_SLIM:-false} in
    true) distribution=slim ;;
    false) distribution=full ;;
    *)
        echo "build: VYRA_SLIM takes true or false, not '$VYRA_SLIM'." >&2
        exit 2
        ;;
esac
version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml)

# keep FOLDER ARTIFACT: as Maven would install it.
keep() {
    folder=/built/io/vyra/modulemanager/$2/$version
    mkdir -p "$folder"
    cp "$1/pom.xml" "$folder/$2-$version.pom"
    for jar in "$1/target/$2-$version"*.jar; do
        [ ! -e "$jar" ] || cp -p "$jar" "$folder/"
    done
}

part=$1
shift
# All but the last step is the same for both distributions, so that an engine keeps it for both.
profiles=full,slim
case $part in
    service) part=modulemanager-$distribution profiles=$distribution ;;
    all) part=modulemanager-full,modulemanager-slim,examples && set -- -am "$@" ;;
esac
# Builds of some seconds end before the JVM's second compiler pays.
export MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}"
mvn -B -ntp -q package "-P$profiles" -pl "$part" -Dmaven.repo.local.tail=/built -DskipTests -Dspotless.check.skip=true \
    -Dfrontend.skip=true -Dcompiler.checks=-Xlint:none "$@"
case $part in
    *,*)
        keep . modulemanager-parent
        keep frontend frontend
        keep examples examples
        ;;
    *) keep "$part" "$part" ;;
esac
