#!/bin/sh
# Packs every module of modules/ and puts the packages into a repository.
#
# usage: build-demo-repository.sh OUTPUT_FOLDER
# environment: JAVA_HOME (a JDK), AUTHORING_CLASS_PATH (modulemanager-core and what it needs), MODULE_LIBRARIES (folder of the jars that
# Java modules name in src/libraries)
set -eu
sources=$(cd "$(dirname "$0")" && pwd)/modules
output=$1
authoring() {
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$AUTHORING_CLASS_PATH" \
        io.vyra.modulemanager.authoring.AuthoringCommand "$@"
}

work=$output.work
rm -rf "$work"
mkdir -p "$work/trees" "$work/packages"
for tree in "$sources"/*/*/; do
    tree=${tree%/}
    copy=$work/trees/${tree#"$sources"/}
    mkdir -p "$copy"
    cp -R "$tree/." "$copy"
    if [ -d "$copy/src" ]; then
        # A Java module ships its classes, for any Java from 17 on, or from 25 on if it uses the libraries.
        set -- --release 17
        if [ -f "$copy/src/libraries" ]; then
            set -- --release 25 -cp "$copy/lib/*"
            mkdir "$copy/lib"
            while read -r library; do
                cp "$MODULE_LIBRARIES/$library.jar" "$copy/lib/"
            done <"$copy/src/libraries"
        fi
        "$JAVA_HOME/bin/javac" "$@" -Xlint:all -d "$copy/classes" "$copy"/src/*.java
        rm -r "$copy/src"
    fi
    authoring pack "$copy" --out "$work/packages" >/dev/null
done

repository=$work/$(basename "$output")
mkdir "$repository"
authoring repo add "$repository" "$work"/packages/*.tar.gz >/dev/null
rm -rf "$output"
mv "$repository" "$output"
rm -rf "$work"
