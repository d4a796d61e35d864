# Builds without Maven what a change of the page or of a few lines of Java alters. Sourced by mm.
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

# without_page [PATHS…]: as fingerprint, but for what nothing but the page is made of. The list of its packages is in the SBOM.
without_page() {
    {
        fingerprint ':!frontend' "$@"
        (cd "$ROOT/frontend" && sha512sum pom.xml package.json package-lock.json .npmrc)
    } | sha512sum | cut -d ' ' -f 1
}

# What a service is built of beside the page and the sources that may be exchanged.
rebuild_inputs() {
    without_page ':!*/src/main/java/*.java' ':!*/src/test/*'
}

# Those sources, as the program lists them.
rebuild_sources() {
    (cd "$ROOT" && find modulemanager-*/src/main/java protocol-*/src/main/java -name '*.java' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

# The page, by the program that Maven calls for it. It does nothing where the page is that of the sources.
rebuild_page() {
    need_node
    say "Building (page)"
    (umask 022 && "$ROOT/frontend/build.sh" build)
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
            rebuild_sources >"$record/sources"
            # What is not shipped is there, too, and of the same sources.
            [[ $1 != "$distribution" ]] || without_page >"$record/whole.new"
        fi
    done
}

# rebuild_remembered KIND: that build is finished.
rebuild_remembered() {
    local distribution record
    for distribution in full slim slim-containers; do
        record=$ROOT/target/mm/$distribution.rebuild
        if rebuild_makes "$1" "$distribution"; then
            [[ ! -f $record/whole.new ]] || mv "$record/whole.new" "$record/whole"
            mv "$record/inputs.new" "$record/inputs"
        fi
    done
}

# rebuild KIND: builds the page anew, and exchanges in what a build of KIND made what changed since, where that is the page and the code of methods
# alone (docs/adr/0015). The code only in what is shipped: the rest is made of it, too. Not so with MM_REBUILD=whole.
rebuild() {
    local kind=$1 distribution=${1%-service} mark="$ROOT/target/mm/$1.fingerprint" record="$ROOT/target/mm/${1%-service}.rebuild" wanted product
    [[ ${MM_REBUILD:-} != whole && -f $record/inputs ]] || return 1
    while read -r product; do
        [[ -e $product ]] || return 1
    done < <(products "$kind")
    wanted=$(fingerprint)
    [[ $(<"$record/inputs") == "$(rebuild_inputs)" ]] || return 1
    if [[ $kind != *-service ]]; then
        [[ -f $record/whole && $(<"$record/whole") == "$(without_page)" ]] || return 1
    fi
    rm -f "$mark" "${mark/-service/}"
    if ! rebuild_sources | cmp -s - "$record/sources"; then
        rm -f "$record/whole"
        touch "${mark%/*}/unchecked"
        rebuild_java Rebuild "$ROOT" "$distribution" "$record/sources" || return 1
    fi
    "$ROOT/frontend/build.sh" built || explained "${failed:-The page could not be built, see above.}" rebuild_page
    echo "$wanted" >"$mark"
}
