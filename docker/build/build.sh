#!/bin/sh
# Builds parts of the project without tests and without the checks that ./mm test makes, and keeps the artifacts of the libraries in
# /built, where the parts built on them find them: so none is built twice.
# usage: build.sh dependencies|sbom|library PART…|service|native-sources|distribution
#   dependencies   the parts without their code: fetches what all builds need into /fetched, and lists the jars of each distribution in /sbom
#   sbom           target/sbom of all distributions, of that list and the page's packages
#   library        these parts, which others are built on
#   service        the rest and the distribution that VYRA_SLIM and WITH_CONTAINERS ask for; after a change of methods alone, out of what it
#                  made before
#   native-sources what a native executable of that distribution is made of, after service
#   distribution   prints the name of that distribution
set -eu
case ${VYRA_SLIM:-false}-${WITH_CONTAINERS:-false} in
    true-false)
        distribution=slim
        parts=modulemanager-foundation,modulemanager-core,modulemanager-api,modulemanager-zenoh
        ;;
    true-true)
        distribution=slim-containers
        parts=modulemanager-foundation,modulemanager-core,modulemanager-api,modulemanager-zenoh,modulemanager-container
        ;;
    false-true | false-false)
        distribution=full
        parts=modulemanager-foundation,modulemanager-core,modulemanager-api,modulemanager-zenoh,modulemanager-ros2,modulemanager-container
        ;;
    *)
        echo "build: VYRA_SLIM and WITH_CONTAINERS take true or false, not '${VYRA_SLIM:-}' and '${WITH_CONTAINERS:-}'." >&2
        exit 2
        ;;
esac
version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml)

# shellcheck source=docker/build/trust.sh
. docker/build/trust.sh
# Builds of some seconds end before the JVM's second compiler pays.
export MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms512m ${MAVEN_OPTS:-}"

# build PROFILES PARTS OPTIONS
build() {
    profiles=$1
    projects=$2
    shift 2
    mvn -B -ntp -q package "-Pquick,$profiles" -pl "$projects" -Dmaven.repo.local.tail=/built,/fetched -Dfrontend.skip=true "$@"
}

# property NAME: of the parent pom.
property() {
    sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml
}

# keep FOLDER ARTIFACT: as Maven would install it.
keep() {
    folder=/built/io/vyra/modulemanager/$2/$version
    mkdir -p "$folder"
    cp "$1/pom.xml" "$folder/$2-$version.pom"
    for jar in "$1/target/$2-$version"*.jar; do
        [ ! -e "$jar" ] || cp -p "$jar" "$folder/"
    done
}

# What the service that was built last was made of, and its parts, for the next build of this machine.
made=/root/.m2/vyra-build/$distribution

# All that it is built of but the sources that may be exchanged. What staging adds is no part of it.
inputs() {
    java -version 2>&1
    find . /built -type f ! -path '*/src/main/java/*.java' ! -path './launcher/*' ! -path './docker/entrypoint/*' ! -path './target/*' -print0 |
        sort -z | xargs -0 sha256sum
}

list_sources() {
    find modulemanager-*/src/main/java -name '*.java' -print0 | sort -z | xargs -0 sha256sum
}

remember() {
    rm -rf "$made.new"
    mkdir "$made.new"
    cp -a "modulemanager-$distribution/target/quarkus-app" "$made.new/"
    cp -a --parents modulemanager-core/target/native modulemanager-foundation/target/native "$made.new/"
    cp /tmp/sources /tmp/inputs "$made.new/"
    rm -rf "$made"
    mv "$made.new" "$made"
}

# Makes the service of the one before where nothing but the code of methods changed.
rebuild() {
    cmp -s /tmp/inputs "$made/inputs" || return 1
    mkdir -p "modulemanager-$distribution/target"
    cp -a "$made/quarkus-app" "modulemanager-$distribution/target/" &&
        cp -a "$made/modulemanager-core" "$made/modulemanager-foundation" . &&
        cp "$made/sources" /tmp/made-sources &&
        java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms256m -cp /rebuild rebuild.Rebuild . "$distribution" /tmp/made-sources
}

case ${1:-} in
    dependencies)
        # An empty class in each module makes this build run, and so fetch, whatever the real one does.
        for module in modulemanager-*/ protocol-*/; do
            mkdir -p "$module/src/main/java"
            echo 'final class Skeleton {}' >"$module/src/main/java/Skeleton.java"
        done
        # What the lock does not list is refused here, where everything is fetched; later builds also read the project's own artifacts, which no
        # lock has. SLIM with containers needs nothing that the others do not need.
        build full,slim,slim-containers modulemanager-full,modulemanager-slim,modulemanager-slim-containers,examples -am \
            -Dexec.skip=true -Dexamples.skip=true -Dsbom.skip=true -Dslim-containers.list-only=true \
            -Daether.artifactResolver.postProcessor.trustedChecksums.failIfMissing=true
        mkdir /sbom
        cp modulemanager-full/target/jars.cdx.json /sbom/full.jars.cdx.json
        cp modulemanager-slim/target/jars.cdx.json /sbom/slim.jars.cdx.json
        cp modulemanager-slim-containers/target/jars.cdx.json /sbom/slim-containers.jars.cdx.json
        rm -rf modulemanager-*/src protocol-*/src ./*/target
        # The mount that everything was fetched into is not handed on with the layers: a builder that took these from a cache, as in CI, would
        # fetch it all again. What the lock does not list, the mount has from other builds.
        mkdir /fetched
        (
            cd /root/.m2/repository
            cut -c 67- /src/.mvn/checksums/checksums.sha256 | while IFS= read -r artifact; do
                [ ! -e "$artifact" ] || printf '%s\0' "$artifact"
            done | xargs -0 cp -p --parents -t /fetched
        )
        keep . modulemanager-parent
        keep frontend frontend
        keep examples examples
        ;;
    sbom)
        for name in full slim slim-containers; do
            node launcher/sbom.mjs merge "/sbom/$name.jars.cdx.json" frontend \
                "org.webjars:swagger-ui:$(property swagger-ui.version):$(property swagger-ui.licence)" "target/sbom/$name.cdx.json"
        done
        ;;
    library)
        shift
        build full "$(echo "$*" | tr ' ' ,)"
        for library in "$@"; do
            keep "$library" "$library"
        done
        ;;
    service)
        mkdir -p /root/.m2/vyra-build
        # Builds of one distribution wait for one another here.
        exec 9>"/root/.m2/vyra-build/$distribution.lock"
        ! command -v flock >/dev/null || flock 9
        list_sources >/tmp/sources
        inputs >/tmp/inputs
        if ! rebuild; then
            rm -rf "$made" "modulemanager-$distribution/target" modulemanager-core/target modulemanager-foundation/target
            build "$distribution" "$parts,modulemanager-$distribution" -Dsbom.skip=true -Dquarkus.dependency.sbom.skip=true
            remember
        fi
        ;;
    native-sources)
        build "$distribution,native" "$parts,modulemanager-$distribution" -Dsbom.skip=true -Dquarkus.dependency.sbom.skip=true \
            -Dquarkus.native.sources-only=true
        ;;
    distribution)
        echo "$distribution"
        ;;
    *)
        echo "usage: build.sh dependencies|sbom|library PART…|service|native-sources|distribution" >&2
        exit 2
        ;;
esac
