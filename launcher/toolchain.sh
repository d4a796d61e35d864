# Finds what the build and the service need: JDK, Maven, Node, C compiler. Sourced by mm; needs fail().
# shellcheck shell=bash

readonly JDK_NEEDED=25 MAVEN_NEEDED=3.9.2 NODE_NEEDED=20.19
readonly MAVEN_UNPACKED=3.9.16
# SHA-512 of org.apache.maven:apache-maven:3.9.16:tar.gz:bin.
readonly MAVEN_SHA512=831a8591fe20c8243b1dbe7d71e3244f31d1665b0804b2e825e38cbbe5ce0cafb8338851f90780735568773e0a6cd07bbec107cda0b896b008b861075358b6f6
# What the builder's base image has of the npm registry, with the SHA-512 of each package.
readonly NODE_PACKED=24.22.3 NPM_PACKED=11.21.2
readonly NODE_X64_SHA512=287b286fe16ff587ab013bd8ba331b8b226a9d10af2edadcaff79336a46a88e486a7dec43a244fd723f8efe9271a043fc677375d8f31ce45b9f3b76567336a44
readonly NODE_ARM64_SHA512=219c74279dbfd4d0f002c6368b2591f6794f218b98be24d67ad8e3f3e125bd8421dbe5d184b7c27e46c5105ff63b9bc623685c51bc8f34757e9f3df8d856c95f
readonly NPM_SHA512=ec73c0a64f807e53146af4ac78bd4f9ba0a762a3081e4e77c7e2a6ba1aa64c3a8f9233cc8312294cf713aac13dd4428dc3880504957d7e75e249d1a6d435eaf4
readonly CACHE_FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/vyra-modulemanager

# at_least HAVE WANT: compares the first three numbers of two dotted versions.
at_least() {
    local have want i
    IFS=. read -r -a have <<<"$1.0.0.0"
    IFS=. read -r -a want <<<"$2.0.0.0"
    for i in 0 1 2; do
        # 4.0.0-rc-3 counts as 4.0.0.
        have[i]=${have[i]%%[!0-9]*} want[i]=${want[i]%%[!0-9]*}
        ((10#${have[i]:-0} == 10#${want[i]:-0})) || return $((10#${have[i]:-0} < 10#${want[i]:-0}))
    done
}

# Version of the JDK in a folder, from its release file; nothing when there is no compiler in it.
jdk_version() {
    [[ -x $1/bin/javac && -r $1/release ]] || return 0
    sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9.]*\).*/\1/p' "$1/release"
}

# Prints the JDK to use: JAVA_HOME, the PATH's, else the oldest sufficient one of the usual folders.
find_jdk() {
    local home version best='' best_version='' on_path=''
    if command -v javac >/dev/null; then
        on_path=$(readlink -f "$(command -v javac)") && on_path=${on_path%/bin/javac}
    fi
    for home in "${JAVA_HOME:-}" "$on_path"; do
        [[ -n $home ]] || continue
        version=$(jdk_version "$home")
        if [[ -n $version ]] && at_least "$version" $JDK_NEEDED; then
            echo "$home"
            return 0
        fi
    done
    for home in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* ~/.sdkman/candidates/java/* ~/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        version=$(jdk_version "$home")
        if [[ -n $version ]] && at_least "$version" $JDK_NEEDED &&
            { [[ -z $best ]] || ! at_least "$version" "$best_version"; }; then
            best=$home best_version=$version
        fi
    done
    [[ -n $best ]] && echo "$best"
}

need_jdk() {
    JAVA_HOME=$(find_jdk) || fail "No JDK $JDK_NEEDED or newer was found in JAVA_HOME, the PATH, /usr/lib/jvm, /opt, ~/.sdkman or ~/.jdks.
Install one, for example: the package temurin-$JDK_NEEDED-jdk or openjdk-$JDK_NEEDED-jdk-headless, or 'sdk install java $JDK_NEEDED-tem'.
If it lies elsewhere, set JAVA_HOME to its folder."
    export JAVA_HOME
}

# Version of the machine's Maven, or nothing. Runs outside the project, whose JVM flags an older JDK would refuse.
maven_version() {
    (cd / && mvn -v 2>/dev/null || true) | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1
}

unpacked_maven() {
    echo "$CACHE_FOLDER/apache-maven-$MAVEN_UNPACKED"
}

# Sets MVN to a sufficient Maven. Needs JAVA_HOME.
need_maven() {
    local version
    MVN=$(unpacked_maven)/bin/mvn
    [[ -x $MVN ]] && return 0
    command -v mvn >/dev/null || fail "Maven is missing. Install it, for example: apt-get install maven (any version: a current one is then unpacked by itself)."
    version=$(maven_version)
    if [[ -n $version ]] && at_least "$version" $MAVEN_NEEDED; then
        MVN=$(command -v mvn)
        return 0
    fi
    say "Maven ${version:-of an unknown version} is older than $MAVEN_NEEDED"
    unpack_maven
}

# For who hands a Maven on: has the one that is pinned here unpacked, however new the machine's is. Needs JAVA_HOME.
need_unpacked_maven() {
    [[ -x $(unpacked_maven)/bin/mvn ]] && return 0
    command -v mvn >/dev/null || fail "Maven is missing. Install it, for example: apt-get install maven (any version: it fetches the one that is handed on)."
    unpack_maven
}

# Lets the machine's Maven fetch the one that is pinned here, from the repository it is configured for.
unpack_maven() {
    local work archive actual
    say "Unpacking Maven $MAVEN_UNPACKED into $CACHE_FOLDER"
    mkdir -p "$CACHE_FOLDER"
    work=$(mktemp -d "$CACHE_FOLDER/unpack.XXXXXX")
    (cd "$work" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy \
        "-Dartifact=org.apache.maven:apache-maven:$MAVEN_UNPACKED:tar.gz:bin" "-DoutputDirectory=$work") >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        rm -rf "$work"
        fail "Maven $MAVEN_UNPACKED could not be fetched, see above. Install Maven $MAVEN_NEEDED or newer, or check the network and ~/.m2/settings.xml."
    }
    archive=$work/apache-maven-$MAVEN_UNPACKED-bin.tar.gz
    actual=$(sha512 "$archive")
    if [[ $actual != "$MAVEN_SHA512" ]]; then
        rm -rf "$work"
        fail "The fetched apache-maven-$MAVEN_UNPACKED-bin.tar.gz is not the expected file (SHA-512 $actual). Nothing was unpacked; remove it from ~/.m2/repository/org/apache/maven/apache-maven and check where your Maven downloads from."
    fi
    tar -xzf "$archive" -C "$work"
    # A second mm may have been faster; its result is as good.
    mv -T "$work/apache-maven-$MAVEN_UNPACKED" "$(unpacked_maven)" 2>/dev/null || [[ -x $(unpacked_maven)/bin/mvn ]] ||
        fail "Maven could not be moved to $(unpacked_maven)."
    rm -rf "$work"
    MVN=$(unpacked_maven)/bin/mvn
}

sha512() {
    if command -v sha512sum >/dev/null; then sha512sum "$1"; else shasum -a 512 "$1"; fi | cut -d ' ' -f 1
}

need_node() {
    local version
    command -v node >/dev/null && command -v npm >/dev/null ||
        fail "Node and npm are missing. Install Node $NODE_NEEDED or newer with npm, for example from nodejs.org or with 'nvm install --lts'."
    version=$(node --version)
    at_least "${version#v}" $NODE_NEEDED ||
        fail "Node ${version#v} is too old. Install Node $NODE_NEEDED or newer, for example from nodejs.org or with 'nvm install --lts'."
}

# Whether a C program that uses the C library can be built.
has_c_compiler() {
    command -v cc >/dev/null &&
        echo '#include <unistd.h>
int main(void) { return getpid() < 0; }' | cc -x c -o /dev/null - 2>/dev/null
}

# The module shim is a small C program. On Debian and Ubuntu root gets the compiler installed, others are told what to do.
need_c_compiler() {
    has_c_compiler && return 0
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        say "Installing a C compiler (gcc, libc6-dev) with apt-get"
        export DEBIAN_FRONTEND=noninteractive
        if { apt-get install -y --no-install-recommends gcc libc6-dev ||
            { apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev; }; } >&2 && has_c_compiler; then
            return 0
        fi
    fi
    fail "A C compiler is missing (cc and the C library's headers). Install it: apt-get install gcc libc6-dev, or dnf install gcc glibc-devel, or apk add gcc musl-dev."
}

# The power-loss tests record system calls. On Debian and Ubuntu root gets strace installed, others are told what to do.
need_strace() {
    command -v strace >/dev/null && return 0
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        say "Installing strace with apt-get"
        export DEBIAN_FRONTEND=noninteractive
        if { apt-get install -y --no-install-recommends strace ||
            { apt-get update && apt-get install -y --no-install-recommends strace; }; } >&2 && command -v strace >/dev/null; then
            return 0
        fi
    fi
    fail "strace is missing; the power-loss tests need it. Install it: apt-get install strace, or dnf install strace, or apk add strace."
}

# need_packages PROGRAM PACKAGES…: a program of Debian packages. On Debian and Ubuntu root gets them installed, others are told what to do.
need_packages() {
    local program=$1
    shift
    command -v "$program" >/dev/null && return 0
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        say "Installing $* with apt-get"
        export DEBIAN_FRONTEND=noninteractive
        if { apt-get install -y --no-install-recommends "$@" ||
            { apt-get update && apt-get install -y --no-install-recommends "$@"; }; } >&2 && command -v "$program" >/dev/null; then
            return 0
        fi
    fi
    fail "The program $program is missing. Install it: apt-get install $*, or the like of your system."
}

# The tests of protocol-zenoh talk to the reference implementation, a Python package that is installed into the module's target folder.
need_zenoh_peer() {
    need_packages python3 python3 python3-venv
    # Debian's python3 has a venv module that works only with the package python3-venv.
    python3 -c 'import ensurepip' 2>/dev/null || need_python_venv
    "$ROOT/launcher/python-peers.sh" protocol-zenoh || fail "The peer of the Zenoh tests could not be installed, see above."
}

# Its slow tests talk to the reference implementation's router, too, which is built from the Rust crate registry.
need_zenohd() {
    need_packages cargo cargo
    "$ROOT/protocol-zenoh/src/test/zenohd/install.sh" || fail "zenohd, a peer of the slow Zenoh tests, could not be installed, see above."
}

# The slow tests of containers also run an engine of an unprivileged user, and engines in networks of their own.
need_rootless_engine() {
    need_packages newuidmap uidmap
    need_packages slirp4netns slirp4netns
    need_packages fuse-overlayfs fuse-overlayfs
    need_packages ip iproute2
    need_packages iptables iptables
    need_packages /usr/lib/podman/netavark netavark aardvark-dns
    need_packages /usr/libexec/podman/catatonit catatonit
    need_packages curl curl
}

# And a gateway in front of it, which is built from the Go module proxy.
need_gateway() {
    "$ROOT/modulemanager-container/src/test/traefik/install.sh" || fail "Traefik, the gateway of the slow container tests, could not be built, see above."
}

# The compose files are tried with both kinds of Compose: Debian's package, which is version 1, and the newer one, which is built from the Go
# module proxy where Docker's client has no such plugin.
need_compose() {
    need_packages docker-compose docker-compose
    docker compose version >/dev/null 2>&1 || "$ROOT/modulemanager-full/src/test/compose/install.sh" ||
        fail "Compose, which the slow tests start the compose files with, could not be built, see above. Or install Docker's plugin: docker-compose-plugin."
}

# What reads the workflow of CI, likewise built, and what it has read the scripts in it.
need_actionlint() {
    need_packages shellcheck shellcheck
    "$ROOT/modulemanager-full/src/test/actionlint/install.sh" || fail "actionlint, which reads the workflow of CI in the slow tests, could not be built, see above."
}

# The tests of protocol-ros2 talk to Cyclone DDS and ask rosbags, Python packages that are installed into the module's target folder.
need_ros2_peers() {
    need_packages python3 python3 python3-venv
    python3 -c 'import ensurepip' 2>/dev/null || need_python_venv
    "$ROOT/launcher/python-peers.sh" protocol-ros2 || fail "The peers of the ROS 2 tests could not be installed, see above."
    need_dds_peers
}

# And to programs with the system's Cyclone DDS and Fast DDS, which are compiled into the module's target folder.
need_dds_peers() {
    "$ROOT/protocol-ros2/src/test/dds/install.sh" && "$ROOT/modulemanager-ros2/src/test/dds/install.sh" ||
        fail "The peers of the ROS 2 tests could not be compiled, see above."
}

need_python_venv() {
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        say "Installing python3-venv with apt-get"
        export DEBIAN_FRONTEND=noninteractive
        if { apt-get install -y --no-install-recommends python3-venv ||
            { apt-get update && apt-get install -y --no-install-recommends python3-venv; }; } >&2 && python3 -c 'import ensurepip'; then
            return 0
        fi
    fi
    fail "python3 cannot make virtual environments; the tests of Zenoh and ROS 2 need one. Install it: apt-get install python3-venv, or the like of your system."
}
