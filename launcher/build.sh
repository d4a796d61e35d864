# Builds what is needed, and only when something changed. Sourced by mm.
# shellcheck shell=bash

# maven ARGUMENTS: the project's Maven, which reads no artifact that is not in the lock. Says what to do when the lock or the machine stops it.
maven() {
    local log status=0
    need_jdk
    need_maven
    need_lock
    if [[ -e $ROOT/target/mm/dev ]]; then
        forget_classes
        rm "$ROOT/target/mm/dev"
    fi
    log=$(mktemp "${TMPDIR:-/tmp}/mm-maven.XXXXXX")
    # The modes of what is built are entries of jars.
    (umask 022 && cd "$ROOT" && "$MVN" -B -ntp "$STRICT_LOCK" "$@") 2>&1 | tee "$log" || status=$?
    ((status == 0)) || deps_explain "$log"
    ((status == 0)) || grep -q 'trusted checksum' "$log" || machine_explain "$log"
    rm -f "$log"
    return "$status"
}

# What no build starts with, be it Maven's here or inside an engine: Maven passes over lines of the lock that it does not understand, such as the
# marks of a merge.
need_lock() {
    deps_well_formed "$ROOT/$LOCK"
    case $(pom_version) in
        '' | *-SNAPSHOT) ;;
        *) fail "The version in pom.xml must end in -SNAPSHOT, not be $(pom_version): Maven looks released artifacts up in the lock, which cannot have the project's own. A release is a tag such as v1.2.3; images and packages take their version from it." ;;
    esac
}

# explained MESSAGE COMMAND…: runs it; when it fails, says what to do about it and ends with MESSAGE. Where a function around it is asked for its
# result, bash passes over whatever fails in COMMAND but its last step.
explained() {
    local message=$1 log status
    shift
    log=$(mktemp "${TMPDIR:-/tmp}/mm-said.XXXXXX")
    set +e
    (set -e; "$@") 2>&1 | tee "$log" >&2
    status=${PIPESTATUS[0]}
    set -e
    ((status == 0)) || machine_explain "$log"
    rm -f "$log"
    ((status == 0)) || fail "$message"
}

# machine_explain LOG: what to do about a build that failed for want of room or of the network, or whose packages are not the locked ones.
machine_explain() {
    if disk_is_full "$1"; then
        say "The disk is full (no space left on device; $(room) are free in the checkout). Free some and try again: what was built before is still there."
    elif npm_explain "$1"; then
        return 0
    elif grep -q 'does not contain an image for architecture=' "$1"; then
        say "The base image is there for other processors only, see above. Take one that also has this machine's, $(uname -m): RUNTIME_BASE_IMAGE names it."
    elif grep -qE 'PKIX path|SELF_SIGNED_CERT|unable to get local issuer' "$1"; then
        say "The network signs TLS itself. Give its certificate: NODE_EXTRA_CA_CERTS=FILE for npm, and for Maven MAVEN_OPTS=-Djavax.net.ssl.trustStore=FILE."
    elif grep -qE 'Could not transfer (artifact|metadata)|in offline mode|code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ENOTCACHED)' "$1"; then
        say "Something could not be downloaded, see above. Once everything is in ~/.m2 and ~/.npm the network is not needed; until then check it, ~/.m2/settings.xml and .npmrc."
    fi
}

# disk_is_full LOG: whether it was when LOG was written. Its disk may be the full one, and the line that says so not in it.
disk_is_full() {
    local folder
    if grep -qi 'no space left on device' "$1"; then
        return 0
    fi
    for folder in "$ROOT" "${TMPDIR:-/tmp}"; do
        df -Pk "$folder" | awk 'NR == 2 { exit $4 >= 1024 }' && return 0
    done
    return 1
}

# npm_explain LOG: what to do about npm's lock; fails when the log does not tell of it.
npm_explain() {
    if grep -qE 'npm (error|ERR!) code EUSAGE' "$1"; then
        say "frontend/package-lock.json is not that of frontend/package.json. Take both from git; or, if you changed package.json: npm install --package-lock-only --omit-lockfile-registry-resolved in frontend/, and commit both."
    elif grep -qE 'npm (error|ERR!) code EINTEGRITY' "$1"; then
        say "A package of the page is not the one that frontend/package-lock.json lists: it was damaged or replaced. Run npm cache clean --force and build again. If it comes back the same, find out where your npm downloads from; do not renew the lock for it."
    else
        return 1
    fi
}

# The version of what is built: that of the commit's tag (v1.2.3), else that of the poms, which stays a snapshot. A released artifact Maven looks up
# in the lock, and the project's own, which are only just being built, cannot be in it.
project_version() {
    local version
    version=$(git -C "$ROOT" describe --exact-match --tags --match 'v[0-9]*' --dirty 2>/dev/null) || version=''
    case $version in
        '' | *-dirty) pom_version ;;
        *) echo "${version#v}" ;;
    esac
}

pom_version() {
    sed -n 's:^  <version>\(.*\)</version>:\1:p' "$ROOT/pom.xml" 2>/dev/null | head -n 1
}

# What is free on the disk of the checkout.
room() {
    df -Pk "$ROOT" | awk 'NR == 2 { printf "%.1f GiB", $4 / 1048576 }'
}

# For builds so short that they end before the JVM's second compiler pays.
short_maven() {
    MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ${MAVEN_OPTS:-}" maven -q "$@" >&2
}

# fingerprint [PATHS…]: changes whenever a file that a build reads changes; documents, results, the launcher and what else lies in the
# checkout do not count, nor do PATHS, as git takes them (':!…').
fingerprint() {
    local sources=(pom.xml .mvn launcher/sbom.mjs frontend examples benchmarks 'modulemanager-*' 'protocol-*' vyra-module zenoh-java-adapter ':!benchmarks/results' ':!*.md' "$@") path without=()
    if git -C "$ROOT" rev-parse --git-dir >/dev/null 2>&1; then
        (
            cd "$ROOT"
            git ls-files -s -- "${sources[@]}"
            git diff --no-ext-diff --full-index -- "${sources[@]}"
            git ls-files -z --others --exclude-standard -- "${sources[@]}" | xargs -0 -r sha512sum
        )
    else
        for path in "$@"; do
            without+=(! -path "${path#:!}" ! -path "${path#:!}/*")
        done
        # The development image has no benchmarks: what find misses is no failure.
        (cd "$ROOT" && { find pom.xml .mvn launcher/sbom.mjs frontend examples benchmarks modulemanager-* protocol-* vyra-module zenoh-java-adapter \( -name target -o -name node_modules -o -name dist -o -path benchmarks/results \) -prune -o \
            -type f ! -name '*.md' ${without[@]+"${without[@]}"} -print0 2>/dev/null || true; } | sort -z | xargs -0 sha512sum)
    fi | { cat && echo "$JAVA_HOME" "$(jdk_version "$JAVA_HOME")"; } | sha512sum | cut -d ' ' -f 1
}

# Has everything compiled anew. What dev mode compiles has names for a debugger: it is not shipped, and what is shipped not debugged. And
# neither it nor a build is seen by Error Prone, but what is tested is.
forget_classes() {
    rm -rf "$ROOT"/{modulemanager-*,protocol-*,vyra-module,zenoh-java-adapter,benchmarks}/target/classes
}

# Changes whenever a file changes that the SBOM is made of; the code is none of them.
sbom_inputs() {
    cat "$ROOT"/{pom.xml,*/pom.xml,frontend/package-lock.json,launcher/sbom.mjs} | sha512sum | cut -d ' ' -f 1
}

# What a build of KIND makes; all of it must be there for the build to be skipped.
products() {
    case $1 in
        authoring) echo "$ROOT/examples/target/authoring.classpath" ;;
        full-service | slim-service | slim-containers-service)
            echo "$ROOT/modulemanager-${1%-service}/target/quarkus-app/quarkus-run.jar"
            echo "$ROOT/frontend/dist/index.html"
            echo "$ROOT/target/sbom/${1%-service}.cdx.json"
            ;;
        full | slim | slim-containers)
            products "$1-service"
            echo "$ROOT/examples/target/demo-repository/index.json"
            ;;
        bench)
            products full
            products slim-service
            echo "$ROOT/benchmarks/target/benchmarks.classpath"
            ;;
    esac
}

# distribution_of SLIM CONTAINERS: its name, which is that of its Maven profile and, with modulemanager- before it, of its folder.
distribution_of() {
    if ! $1; then
        ! $2 || usage_error "--with-containers goes with --slim only; the full distribution always runs containers"
        echo full
    elif $2; then
        echo slim-containers
    else
        echo slim
    fi
}

# ensure_built KIND: authoring (core and demo repository), full, slim, slim-containers, one of them with -service (what is shipped), or bench
# (full, slim and the benchmarks). MM_BUILD=skip trusts what is there.
ensure_built() {
    is_built "$1" || rebuild "$1" || build_kind "$1"
}

# Whether what a build of KIND makes is there, of the sources as they are.
is_built() {
    local kind=$1 mark="$ROOT/target/mm/$1.fingerprint" wanted product complete=true
    need_jdk
    while read -r product; do
        [[ -e $product ]] || complete=false
    done < <(products "$kind")
    if [[ ${MM_BUILD:-} == skip ]]; then
        $complete || fail "MM_BUILD=skip is set, but the $kind build is missing. Run ./mm build first."
        return 0
    fi
    wanted=$(fingerprint)
    # Who built the whole has built the service. All kinds have one page, which another one may have built anew.
    $complete && [[ -f ${mark/-service/} && $(<"${mark/-service/}") == "$wanted" || -f $mark && $(<"$mark") == "$wanted" ]] &&
        { [[ $kind == authoring ]] || "$ROOT/frontend/build.sh" built; }
}

# build_kind KIND [MODULE OPTIONS…]: builds it, and a module of the profile of that name after it, in the same run of Maven. Says what failed
# says when it fails.
build_kind() {
    local kind=$1 after=${2:-} mark="$ROOT/target/mm/$1.fingerprint" wanted sbom product complete=true selection=() sqlite=$ROOT/modulemanager-foundation/target/native/libsqlitejdbc.so
    shift $(($# > 1 ? 2 : 1))
    wanted=$(fingerprint)
    while read -r product; do
        [[ -e $product ]] || complete=false
    done < <(products "$kind")
    case $kind in
        full-service | slim-service | slim-containers-service)
            selection=("-Pquick,${kind%-service}${after:+,$after}" -pl "frontend,modulemanager-${kind%-service}${after:+,$after}" -am -Dexamples.skip=true)
            ;;
        authoring) selection=(-Pquick -pl examples -am) ;;
        full | slim | slim-containers) selection=("-Pquick,$kind") ;;
        bench) selection=(-Pquick,full,slim,bench) ;;
    esac
    sbom=$(sbom_inputs)
    if $complete && [[ -f ${mark/-service/}.sbom && $(<"${mark/-service/}.sbom") == "$sbom" ]]; then
        selection+=(-Dsbom.skip=true -Dquarkus.dependency.sbom.skip=true)
        # Its version is in a pom.
        [[ ! -e $sqlite ]] || selection+=(-Dsqlite-library.phase=none)
    fi
    need_c_compiler
    [[ $kind == authoring ]] || need_node
    say "Building ($kind); the first time this takes some minutes"
    rm -f "$mark" "${mark/-service/}"
    mkdir -p "${mark%/*}"
    touch "${mark%/*}/unchecked"
    rebuild_remember "$kind"
    short_maven package "${selection[@]}" "$@" || fail "${failed:-The build failed, see above.}"
    echo "$wanted" >"$mark"
    echo "$sbom" >"${mark/-service/}.sbom"
    rebuild_remembered "$kind"
}
