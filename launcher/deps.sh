# ./mm deps: the lock of all artifacts, updates, the tree, licences. Sourced by mm; needs fail(), say(), usage_error() and maven().
# shellcheck shell=bash

# SHA-256 and path of every artifact that a build reads, plugins included, in the form that Maven's trusted checksums and sha256sum both read.
# .mvn/maven.config makes every Maven verify what is listed; strict builds refuse what is not listed, too.
readonly LOCK=.mvn/checksums/checksums.sha256
readonly LOCK_LINE='^[0-9a-f]{64}  [A-Za-z0-9._+/-]+$'
readonly TRUSTED_CHECKSUMS=aether.artifactResolver.postProcessor.trustedChecksums
# Not the default in .mvn/maven.config, because an IDE fetches sources and plugins of its own, which no lock can know.
# shellcheck disable=SC2034 # for maven()
readonly STRICT_LOCK=-D$TRUSTED_CHECKSUMS.failIfMissing=true
# Goals that people use but no build runs; what they need is locked too.
readonly DEPS_OTHER_GOALS=(clean:help install:help versions:help)

deps() {
    local command=${1:-}
    (($# == 0)) || shift
    case $command in
        lock) deps_lock "$@" ;;
        check) deps_check "$@" ;;
        updates) deps_updates "$@" ;;
        tree) deps_tree "$@" ;;
        licences) deps_licences "$@" ;;
        '') usage_error "deps needs a command: lock, check, updates, tree or licences" ;;
        *) usage_error "deps takes lock, check, updates, tree or licences, not '$command'" ;;
    esac
}

# deps_skeleton FOLDER: the project without its code. It resolves what the project resolves, compiles in no time and works when the code does not compile.
deps_skeleton() {
    local skeleton=$1 pom module
    mkdir -p "$skeleton/.mvn"
    find "$ROOT/.mvn" -maxdepth 1 -type f -exec cp {} "$skeleton/.mvn/" \;
    while IFS= read -r pom; do
        module=${pom%pom.xml}
        mkdir -p "$skeleton/$module"
        cp "$ROOT/$pom" "$skeleton/$pom"
        if [[ -d $ROOT/${module}src/main/java ]]; then
            mkdir -p "$skeleton/${module}src/main/java"
            echo 'class Skeleton {}' >"$skeleton/${module}src/main/java/Skeleton.java"
        fi
        # One test of each kind, because surefire fetches its providers only when a test runs.
        if [[ -d $ROOT/${module}src/test/java ]]; then
            skeleton_test "$skeleton/${module}src/test/java" SkeletonTest
            skeleton_test "$skeleton/${module}src/test/java" SkeletonIT
        fi
    done < <(cd "$ROOT" && find . \( -name target -o -name node_modules -o -name src -o -name .git -o -path ./data \) -prune -o -name pom.xml -print | sed 's|^\./||')
    mkdir -p "$skeleton/frontend"
    printf '#!/bin/sh\n' >"$skeleton/frontend/build.sh"
    chmod +x "$skeleton/frontend/build.sh"
}

skeleton_test() {
    mkdir -p "$1"
    printf 'class %s {\n    @org.junit.jupiter.api.Test\n    void shouldResolve() {}\n}\n' "$2" >"$1/$2.java"
}

# deps_record OUT ALL [MAVEN OPTION…]: writes the lock of what a build resolves now. ALL=true: of the other processors' builds, too.
deps_record() {
    local out=$1 all=$2 work arch record=(-B -ntp "-Pfull,slim,slim-containers,bench,image" -Dexec.skip=true -Dsbom.skip=true -Dexamples.skip=true "-D$TRUSTED_CHECKSUMS.record=true")
    shift 2
    need_jdk
    need_maven
    work=$(mktemp -d "${TMPDIR:-/tmp}/mm-deps.XXXXXX")
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$work'" EXIT
    deps_skeleton "$work/skeleton"
    deps_resolve "$work" "${record[@]}" "$@" "${DEPS_OTHER_GOALS[@]}" verify
    if $all; then
        for arch in amd64 aarch64; do
            [[ $arch != "$(uname -m | sed 's/^x86_64$/amd64/')" ]] || continue
            # Some libraries have a native part for the processor that Maven runs on.
            MAVEN_OPTS="${MAVEN_OPTS:-} -Dos.arch=$arch -Djansi.mode=strip" deps_resolve "$work" "${record[@]}" "$@" -Dspotless.check.skip=true process-test-classes
        done
    fi
    # By path, so that a change of a version is one hunk of a diff. The project's own artifacts are never locked: they are what is built.
    grep -v '  io/vyra/modulemanager/' "$work/skeleton/$LOCK" | LC_ALL=C sort -k 2 >"$out"
    rm -rf "$work"
    trap - EXIT
}

# deps_resolve WORK MAVEN ARGUMENTS
deps_resolve() {
    local work=$1
    shift
    (cd "$work/skeleton" && "$MVN" "$@") >"$work/log" 2>&1 && return 0
    grep -E '^\[ERROR\]|^Error' "$work/log" | head -n 12 >&2 || tail -n 12 "$work/log" >&2
    if grep -qE 'offline mode|in offline' "$work/log"; then
        fail "This needs artifacts that are not in the local repository (see above), and --offline forbids to fetch them. Run it once without --offline; afterwards the network is not needed."
    fi
    fail "Maven could not resolve what the build needs, see above. Check the network and ~/.m2/settings.xml, or a version in pom.xml that no repository has."
}

# deps_well_formed FILE: a lock with a merge conflict or an own artifact must not pass for a lock.
deps_well_formed() {
    local bad
    [[ -s $1 ]] || fail "There is no lock ($LOCK is missing or empty). Get it back from git, or record one with ./mm deps lock."
    bad=$(grep -nEv "$LOCK_LINE" "$1" | head -n 1) || true
    [[ -z $bad ]] || fail "$LOCK, line ${bad%%:*}, is not 'SHA-256  path': '${bad#*:}'. Get the file back from git, or record it again with ./mm deps lock."
    bad=$(grep -nE '  io/vyra/modulemanager/|-SNAPSHOT' "$1" | head -n 1) || true
    [[ -z $bad ]] || fail "$LOCK, line ${bad%%:*}, locks what is not released: '${bad#*  }'. Record the lock again with ./mm deps lock."
    bad=$(cut -d ' ' -f 3 "$1" | sort | uniq -d | head -n 1)
    [[ -z $bad ]] || fail "$LOCK lists $bad twice. Get the file back from git, or record it again with ./mm deps lock."
}

# deps_difference LOCK RECORD: prints "new PATH", "changed PATH" and "gone PATH".
deps_difference() {
    awk 'NR == FNR { locked[$2] = $1; next }
         !($2 in locked) { print "new", $2 }
         ($2 in locked) { if (locked[$2] != $1) print "changed", $2; delete locked[$2] }
         END { for (path in locked) print "gone", path }' "$1" "$2" | LC_ALL=C sort
}

count_of() { grep -c "^$1 " <<<"$2" || true; }
list_of() { sed -n "s/^$1 /  /p" <<<"$2" >&2; }

deps_lock() {
    local work out difference='' accept=false all=true options=()
    while (($# > 0)); do
        case $1 in
            --offline) options+=(-o) ;;
            --fresh) options+=(-C "-Dmaven.repo.local=$ROOT/target/mm/fresh-repository") ;;
            --accept-changed) accept=true ;;
            *) usage_error "deps lock takes --offline, --fresh and --accept-changed, not '$1'" ;;
        esac
        shift
    done
    [[ " ${options[*]} " != *" -o "*" -C "* && " ${options[*]} " != *" -C "*" -o "* ]] || usage_error "--fresh fetches everything again and cannot be combined with --offline"
    say "Recording what the build resolves"
    mkdir -p "$ROOT/target/mm"
    rm -rf "$ROOT/target/mm/fresh-repository"
    out=$ROOT/target/mm/lock.new
    deps_record "$out" "$all" "${options[@]}"
    rm -rf "$ROOT/target/mm/fresh-repository"
    if [[ -s $ROOT/$LOCK ]]; then
        difference=$(deps_difference "$ROOT/$LOCK" "$out")
        if ! $accept && grep -q '^changed ' <<<"$difference"; then
            list_of changed "$difference"
            fail "The files above have another content than the lock says. A released artifact never changes: they were damaged or replaced. The lock was left as it is.
Remove their folders from the local repository (~/.m2/repository, unless configured otherwise) and run ./mm deps lock again.
Only if you know why they changed: ./mm deps lock --accept-changed."
        fi
    fi
    mkdir -p "$ROOT/${LOCK%/*}"
    deps_well_formed "$out"
    mv "$out" "$ROOT/$LOCK"
    say "$LOCK: $(wc -l <"$ROOT/$LOCK") artifacts ($(count_of new "$difference") new, $(count_of changed "$difference") changed, $(count_of gone "$difference") gone). Commit it with the change that caused it."
}

# deps_offline COMMAND [--offline]: adds to the caller's options for Maven.
deps_offline() {
    local command=$1
    shift
    while (($# > 0)); do
        [[ $1 == --offline ]] || usage_error "deps $command takes only --offline, not '$1'"
        options+=(-o)
        shift
    done
}

deps_check() {
    local out difference options=()
    deps_offline check "$@"
    deps_well_formed "$ROOT/$LOCK"
    mkdir -p "$ROOT/target/mm"
    out=$ROOT/target/mm/lock.check
    deps_record "$out" false "${options[@]}"
    difference=$(deps_difference "$ROOT/$LOCK" "$out")
    deps_verdict "$difference" "$(wc -l <"$out")"
}

# deps_verdict DIFFERENCE COUNT
deps_verdict() {
    if grep -q '^changed ' <<<"$1"; then
        list_of changed "$1"
        fail "The files above are not those of the lock ($LOCK): they were damaged or replaced. Remove their folders from the local repository (~/.m2/repository, unless configured otherwise) and try again.
If they come back the same, find out where your Maven downloads from before you trust them."
    fi
    if grep -q '^new ' <<<"$1"; then
        list_of new "$1"
        fail "The build resolves the files above, which are not in the lock ($LOCK). If you changed a version, a dependency or a plugin: ./mm deps lock, and commit the lock with the change."
    fi
    say "All $2 artifacts that the build resolves are in the lock and unchanged."
}

# deps_explain LOG: what to do about a build that the lock stopped.
deps_explain() {
    local found
    found=$(sed -nE 's/.*Artifact ([^ ]+) trusted checksum mismatch.*/  \1/p' "$1" | sort -u)
    [[ -z $found ]] || say "The lock stopped the build: these artifacts are not the files that $LOCK lists.
$found
They were damaged or replaced. Remove their folders from the local repository (~/.m2/repository, unless configured otherwise) and build again.
If they come back the same, find out where your Maven downloads from; do not renew the lock for them, because a released artifact never changes."
    found=$(sed -nE 's/.*Missing from [^ ]+ trusted checksum.* for artifact ([^ ]+).*/  \1/p' "$1" | sort -u)
    [[ -z $found ]] || say "The lock stopped the build: these artifacts are not in $LOCK.
$found
If you changed a version, a dependency or a plugin: ./mm deps lock, and commit the lock with the change. To see all of them: ./mm deps check."
}

deps_updates() {
    (($# == 0)) || usage_error "deps updates takes no options, not '$1' (it asks the registries and needs the network)"
    need_node
    mkdir -p "$ROOT/target/mm"
    rm -f "$ROOT/target/mm/updates.txt"
    # Stable releases only; a plugin's newest version may need a newer Maven, which the list says.
    maven -q -Pfull,slim,slim-containers,bench -Dversions.outputFile="$ROOT/target/mm/updates.txt" -Dversions.outputLineWidth=120 \
        '-Dmaven.version.ignore=.*[-.](?i)(alpha|beta|rc|cr|m|pre|ea|preview|dev)[-.]?[0-9]*' -DprocessDependencyManagement=false \
        versions:display-property-updates versions:display-plugin-updates || fail "The registries could not be asked, see above. This command needs the network."
    # A long name has its versions in the next line.
    if grep -q -e '->' "$ROOT/target/mm/updates.txt"; then
        grep -h -B 1 -e '->' "$ROOT/target/mm/updates.txt" | grep -E '^ ' | awk '!seen[$0]++'
    else
        say "No newer library or plugin was found."
    fi
    # Exit code 1 of npm outdated means that something is outdated.
    (cd "$ROOT/frontend" && npm outdated) || (($? == 1)) || fail "npm could not ask its registry, see above. This command needs the network."
}

deps_tree() {
    local options=("-Pfull,slim")
    deps_offline tree "$@"
    need_node
    maven -q "${options[@]}" dependency:tree -DoutputFile=/dev/stdout -DappendOutput=true -Dscope=runtime | grep -v '^$' ||
        fail "The tree could not be resolved, see above. With --offline, run it once without."
    (cd "$ROOT/frontend" && npm ls --all --package-lock-only)
}

deps_licences() {
    (($# == 0)) || usage_error "deps licences takes no options, not '$1'"
    ensure_built full
    node "$ROOT/launcher/sbom.mjs" licences "$ROOT/docs/licences.md" "$ROOT/target/sbom/full.cdx.json" || exit 1
    say "docs/licences.md is written. Commit it with the change that caused it."
}
