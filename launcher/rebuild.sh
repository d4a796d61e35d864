# Builds without Maven what a change of a few lines of Java alters. Sourced by mm.
# shellcheck shell=bash

# The folder of the program's classes, compiled once for each version of it.
rebuild_tool() {
    local sources=("$ROOT"/docker/build/rebuild/*.java) folder
    folder=$ROOT/target/mm/rebuild/$(cat "${sources[@]}" "$JAVA_HOME/release" | sha256sum | cut -c 1-16)
    if [[ ! -d $folder ]]; then
        rm -rf "$ROOT/target/mm/rebuild"
        "$JAVA_HOME/bin/javac" -d "$folder.new" "${sources[@]}" && mv -T "$folder.new" "$folder" || return 1
    fi
    echo "$folder"
}

# rebuild_java CLASS ARGUMENTS…: a JVM that ends before its second compiler pays.
rebuild_java() {
    local tool
    tool=$(rebuild_tool) || return 1
    "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms256m -cp "$tool" "rebuild.$1" "${@:2}"
}

# What a service is built of beside the sources that may be exchanged.
rebuild_inputs() {
    fingerprint ':!*/src/main/java/*.java' ':!*/src/test/*'
}

# rebuild_makes KIND DISTRIBUTION: whether a build of KIND makes it.
rebuild_makes() {
    [[ $1 == "$2" || $1 == "$2-service" ]] || [[ $1 == bench && $2 != slim-containers ]]
}

# rebuild_remember KIND: what a build of KIND begins with; whatever it makes is unknown until it is finished.
rebuild_remember() {
    local distribution record
    for distribution in full slim slim-containers; do
        record=$ROOT/target/mm/$distribution.rebuild
        if rebuild_makes "$1" "$distribution"; then
            rm -rf "$record"
            mkdir -p "$record"
            rebuild_inputs >"$record/inputs.new"
            (cd "$ROOT" && find modulemanager-*/src/main/java protocol-*/src/main/java -name '*.java' -print0 | sort -z | xargs -0 sha256sum) >"$record/sources"
        fi
    done
}

# rebuild_remembered KIND: that build is finished.
rebuild_remembered() {
    local distribution record
    for distribution in full slim slim-containers; do
        record=$ROOT/target/mm/$distribution.rebuild
        if rebuild_makes "$1" "$distribution"; then
            mv "$record/inputs.new" "$record/inputs"
        fi
    done
}

# rebuild KIND: exchanges in what a build of KIND made what changed since, where that is the code of methods alone (docs/adr/0015). Not so
# with MM_REBUILD=whole.
rebuild() {
    local kind=$1 distribution=${1%-service} mark="$ROOT/target/mm/$1.fingerprint" record="$ROOT/target/mm/${1%-service}.rebuild" wanted product
    [[ $kind == *-service && ${MM_REBUILD:-} != whole && -f $record/inputs ]] || return 1
    while read -r product; do
        [[ -e $product ]] || return 1
    done < <(products "$kind")
    wanted=$(fingerprint)
    [[ $(<"$record/inputs") == "$(rebuild_inputs)" ]] || return 1
    rm -f "$mark" "${mark/-service/}"
    touch "${mark%/*}/unchecked"
    rebuild_java Rebuild "$ROOT" "$distribution" "$record/sources" || return 1
    echo "$wanted" >"$mark"
}
