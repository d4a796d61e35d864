#!/usr/bin/env bash
# Makes from a finished build the tree that every way of shipping it uses: target/stage/full, slim or slim-containers, one folder per
# layer, each a piece of a root file system. The same build staged twice is the same bytes, modes and times.
# usage: launcher/stage.sh full|slim|slim-containers|ui [FOLDER [service]]
#   ui        the layer of the page alone
#   service   all layers but the page's
set -euo pipefail
export LC_ALL=C

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
readonly ROOT

fail() {
    echo "stage: $*" >&2
    exit 1
}

distribution=${1:-}
part=${3:-all}
[[ $distribution != ui ]] || part=ui
if [[ ! $distribution =~ ^(full|slim|slim-containers|ui)$ || ! $part =~ ^(all|service|ui)$ ]] || (($# > 3)); then
    echo "usage: launcher/stage.sh full|slim|slim-containers|ui [FOLDER [service]]" >&2
    exit 2
fi
stage=${2:-$ROOT/target/stage/$distribution}
application=$ROOT/modulemanager-$distribution/target/quarkus-app
shim=$ROOT/modulemanager-core/target/native/module-shim
sqlite=$ROOT/modulemanager-foundation/target/native/libsqlitejdbc.so
sbom=$ROOT/target/sbom/$distribution.cdx.json
page=$ROOT/frontend/dist
kept=${VYRA_STAGE_CACHE:-$ROOT/target/stage/.stripped}
jar=${JAVA_HOME:+$JAVA_HOME/bin/}jar

need_built() {
    local file option=''
    case $distribution in
        slim) option=' --slim' ;;
        slim-containers) option=' --slim --with-containers' ;;
    esac
    for file in "$@"; do
        [[ -e $file ]] || fail "$file is missing: build first, with ./mm build$option."
    done
}

# The time of every file: that of the jars' entries, unless the packager gives one.
built=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*:\1:p' "$ROOT/pom.xml")
[[ -n $built ]] || fail "project.build.outputTimestamp was not found in $ROOT/pom.xml."
epoch=${SOURCE_DATE_EPOCH:-$(date -u -d "$built" +%s)}

parent=$(dirname "$stage")
mkdir -p "$parent" "$kept"
new=$(mktemp -d "$parent/.staging.XXXXXX")
trap 'rm -rf "$new"' EXIT
umask 022

# strip_natives JAR TARGET: the jar without native libraries. The one that is used lies beside it as a file; packing takes a second, so
# the result is kept under the name of what it was made from.
strip_natives() {
    local result work
    result=$kept/$(sha256sum "$1" | cut -c 1-32).jar
    if [[ ! -f $result ]]; then
        work=$(mktemp -d "$new/strip.XXXXXX")
        (
            cd "$work"
            "$jar" --extract --file "$1"
            rm -rf org/sqlite/native META-INF/native-image
            find . -type f ! -path ./META-INF/MANIFEST.MF -printf '%P\n' | sort >../strip.entries
            "$jar" --create --no-compress --date=1980-02-01T00:00:00Z --manifest META-INF/MANIFEST.MF --file ../strip.jar @../strip.entries
        )
        mv "$new/strip.jar" "$result"
        rm -rf "$work" "$new/strip.entries"
    fi
    cp "$result" "$2"
}

stage_service() {
    local libraries runner folder file name module
    need_built "$application/quarkus-run.jar" "$shim" "$sqlite" "$sbom"
    command -v "$jar" >/dev/null || fail "There is no program '$jar': set JAVA_HOME to a JDK 25 or newer."
    libraries=$new/10-libraries/opt/vyra/lib
    runner=$new/30-runner/opt/vyra
    mkdir -p "$libraries/native" "$runner/"{bin,lib/native}
    # SLIM has nothing in them; its image is made by the same file.
    mkdir -p "$new/40-modulemanager-ros2" "$new/40-protocol-ros2"
    # The images of all distributions have the same layers; this one is empty in SLIM without containers.
    mkdir -p "$new/40-modulemanager-container/opt/vyra/lib/main"
    for folder in boot main; do
        mkdir -p "$libraries/$folder"
        for file in "$application/lib/$folder"/*.jar; do
            name=${file##*/}
            case $name in
                # Of the project, but with nothing in it that its commits change.
                io.vyra.modulemanager.modulemanager-docs-*) cp "$file" "$libraries/$folder/$name" ;;
                # The project's own jars change with its commits: each is a layer, so that a change costs that jar alone.
                io.vyra.modulemanager.*)
                    module=${name#io.vyra.modulemanager.}
                    module=$new/40-${module%%-[0-9]*}/opt/vyra/lib/$folder
                    mkdir -p "$module"
                    cp "$file" "$module/$name"
                    ;;
                org.xerial.sqlite-jdbc-*) strip_natives "$file" "$libraries/$folder/$name" ;;
                *) cp "$file" "$libraries/$folder/$name" ;;
            esac
        done
    done
    cp "$sqlite" "$libraries/native/"
    cp -R "$application/app" "$application/quarkus" "$application/quarkus-run.jar" "$runner/"
    # Beside SQLite's library, because the manager looks for that one in the shim's folder.
    cp "$shim" "$runner/lib/native/"
    cp "$sbom" "$runner/sbom.cdx.json"
    cp "$ROOT/docker/entrypoint/modulemanager" "$ROOT/docker/entrypoint/java.options" "$runner/bin/"
    # One file, so that the AOT cache is trained with the flags that it is used with.
    cat "$ROOT/docker/entrypoint/${distribution%-containers}.options" >>"$runner/bin/java.options"
}

stage_page() {
    need_built "$page/index.html"
    mkdir -p "$new/20-ui/opt/vyra"
    cp -R "$page" "$new/20-ui/opt/vyra/ui"
}

[[ $part == ui ]] || stage_service
[[ $part == service ]] || stage_page

# A build machine's umask must not show, and the times must not: the AOT cache compares them, and a layer's digest contains them.
find "$new" -type d -exec chmod 755 {} +
find "$new" -type f -exec chmod 644 {} +
[[ $part == ui ]] || chmod 755 "$new/30-runner/opt/vyra/bin/modulemanager" "$new/30-runner/opt/vyra/lib/native/module-shim"
find "$new" -exec touch -h -d "@$epoch" {} +

# A trained cache belongs to exactly these jars; it is kept only when none of them changed.
digests=$(cd "$new" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
fingerprint=$(sed '/  \.\/20-ui\//d' <<<"$digests" | sha256sum | cut -d ' ' -f 1)
if [[ -d $stage/90-aot && -f $stage/fingerprint && $(<"$stage/fingerprint") == "$fingerprint" ]]; then
    cp -a "$stage/90-aot" "$new/"
fi
echo "$fingerprint" >"$new/fingerprint"
echo "$digests" >"$new/digests"
touch -d "@$epoch" "$new/fingerprint" "$new/digests" "$new"

trap - EXIT
chmod 755 "$new"
rm -rf "$stage"
mv -T "$new" "$stage"
