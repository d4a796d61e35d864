# ./mm doctor: prints what was found and what is missing. Sourced by mm.
# shellcheck shell=bash

missing=0

found() { printf '  ok       %-12s %s\n' "$1" "$2"; }
lacks() {
    printf '  MISSING  %-12s %s\n' "$1" "$2"
    missing=$((missing + 1))
}
note() { printf '  note     %-12s %s\n' "$1" "$2"; }

doctor() {
    echo "Needed to build and run:"
    doctor_jdk
    doctor_maven
    doctor_node
    if has_c_compiler; then
        found cc "$(cc --version | head -n 1)"
    else
        lacks cc "install gcc and libc6-dev (as root on Debian and Ubuntu, ./mm does it by itself)"
    fi
    if command -v git >/dev/null; then found git "$(git --version)"; else lacks git "install git"; fi
    if command -v strace >/dev/null; then
        found strace "$(strace --version | head -n 1)"
    else
        note strace "not there: ./mm test needs it and, as root on Debian and Ubuntu, installs it by itself"
    fi
    if command -v chromium >/dev/null; then
        found chromium "$(chromium --version 2>/dev/null)"
    else
        note chromium "not there: ./mm test needs it and, as root on Debian and Ubuntu, installs it by itself"
    fi
    doctor_engine
    echo "This machine:"
    doctor_cgroups
    doctor_containers
    note disk "$(df -Pk "$ROOT" | awk 'NR == 2 { printf "%.1f GiB free in the checkout", $4 / 1048576 }')"
    doctor_port "${1:-8080}"
    echo
    if ((missing > 0)); then
        echo "$missing missing."
        return 1
    fi
    echo "Nothing is missing."
}

doctor_jdk() {
    local home
    if home=$(find_jdk); then
        JAVA_HOME=$home
        export JAVA_HOME
        found JDK "$(jdk_version "$home") in $home"
    else
        lacks JDK "install JDK $JDK_NEEDED or newer, or set JAVA_HOME to one"
    fi
}

doctor_maven() {
    local version
    if [[ -x $(unpacked_maven)/bin/mvn ]]; then
        found Maven "$MAVEN_UNPACKED in $(unpacked_maven)"
    elif ! command -v mvn >/dev/null; then
        lacks Maven "install maven (any version)"
    else
        version=$(maven_version)
        if [[ -z $version ]]; then
            lacks Maven "$(command -v mvn) does not run: see what 'mvn --version' says"
        elif at_least "$version" $MAVEN_NEEDED; then
            found Maven "$version at $(command -v mvn)"
        else
            found Maven "$version; the first build unpacks $MAVEN_UNPACKED into $CACHE_FOLDER"
        fi
    fi
}

doctor_node() {
    local version
    if ! command -v node >/dev/null; then
        lacks Node "install Node $NODE_NEEDED or newer"
    else
        version=$(node --version)
        if at_least "${version#v}" $NODE_NEEDED; then
            found Node "${version#v}"
        else
            lacks Node "${version#v} is too old, install $NODE_NEEDED or newer"
        fi
    fi
    if command -v npm >/dev/null; then found npm "$(npm --version 2>/dev/null)"; else lacks npm "install npm"; fi
}

# An image needs one of them, running the service none.
doctor_engine() {
    local name client
    . "$ROOT/launcher/image.sh"
    for name in $ENGINES; do
        if client=$("probe_$name"); then
            found "$name" "$client"
        else
            note "$name" "$client"
        fi
    done
}

# Limits of modules are enforced through cgroups where a controller's folder is writable.
doctor_cgroups() {
    local folder
    if [[ -f /sys/fs/cgroup/cgroup.controllers ]]; then
        folder=/sys/fs/cgroup
        note cgroups "version 2, $(writable "$folder")"
    elif [[ -d /sys/fs/cgroup/memory ]]; then
        note cgroups "version 1: memory $(writable /sys/fs/cgroup/memory), cpu $(writable /sys/fs/cgroup/cpu)"
    else
        note cgroups "none: CPU and memory limits of modules will not be enforced"
    fi
}

# Where engines serve their API, in the order in which the manager looks for them (ContainerAssembly.java, EngineAddress.java).
engine_addresses() {
    local address=${VYRA_CONTAINER_HOST:-${DOCKER_HOST:-${CONTAINER_HOST:-}}}
    if [[ -n $address ]]; then
        echo "${address#unix://}"
        return
    fi
    [[ -z ${XDG_RUNTIME_DIR:-} ]] || printf '%s\n' "$XDG_RUNTIME_DIR/docker.sock" "$XDG_RUNTIME_DIR/podman/podman.sock"
    printf '%s\n' /var/run/docker.sock /run/podman/podman.sock
}

# Only modules that run in containers need an engine, so nothing is missing without one.
doctor_containers() {
    local address any=false
    while IFS= read -r address; do
        case $address in
            tcp://*) ;;
            /*)
                [[ -S $address ]] || continue
                if [[ ! -r $address || ! -w $address ]]; then
                    any=true
                    note containers "$(id -un) may not use the engine at $address; docs/containers.md says how to change that"
                    continue
                fi
                ;;
            *)
                any=true
                note containers "the engine's address is unix:///path or tcp://host:port, not $address: the manager will not start"
                continue
                ;;
        esac
        any=true
        doctor_one_engine "$address"
    done < <(engine_addresses)
    $any || note containers "no engine serves its API here; modules that run in containers need one (docs/containers.md)"
    doctor_rootless
}

doctor_one_engine() {
    local said line
    if ! command -v node >/dev/null; then
        note containers "an engine is said to be at $1; Node would ask it what it is"
    elif said=$(node "$ROOT/launcher/engine.mjs" "$1"); then
        found containers "${said%%$'\n'*} ($1)"
        while IFS= read -r line; do
            [[ $line == "${said%%$'\n'*}" ]] || note containers "${line#WARNING: }"
        done <<<"$said"
    else
        note containers "the engine at $1 is of no use: $said"
    fi
}

# What Podman needs of a user who is not root (docs/containers.md, "Podman without root").
doctor_rootless() {
    local before=$rootless_lacks
    if [[ $(id -u) == 0 ]] || ! command -v podman >/dev/null; then
        return
    fi
    rootless_needs newuidmap uidmap "no container starts"
    rootless_ids /etc/subuid
    rootless_ids /etc/subgid
    command -v pasta >/dev/null ||
        rootless_needs slirp4netns slirp4netns "only modules with the host's network or none start"
    kernel_overlays_for_users ||
        rootless_needs fuse-overlayfs fuse-overlayfs "each container gets a whole copy of its image"
    [[ -x /usr/libexec/podman/catatonit || -x /usr/lib/podman/catatonit ]] ||
        rootless_needs catatonit catatonit "modules that say 'init: true' do not start"
    ((rootless_lacks > before)) || found rootless "Podman has what it needs without root"
}

rootless_lacks=0

# usage: rootless_needs PROGRAM PACKAGE CONSEQUENCE
rootless_needs() {
    command -v "$1" >/dev/null && return
    rootless_lacks=$((rootless_lacks + 1))
    note rootless "Podman lacks $1: $3; install $2"
}

rootless_ids() {
    grep -qsE "^($(id -un)|$(id -u)):" "$1" && return
    rootless_lacks=$((rootless_lacks + 1))
    note rootless "$1 has no range for $(id -un): no container starts; 'usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)' gives one"
}

# Linux 5.11 and newer.
kernel_overlays_for_users() {
    [[ $(printf '%s\n' 5.11 "$(uname -r)" | sort -V | head -n 1) == 5.11 ]]
}

writable() {
    if [[ -w $1 ]]; then echo writable; else echo "not writable (limits will not be enforced)"; fi
}

doctor_port() {
    if (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
        note port "$1 is in use: start with --port"
    else
        note port "$1 is free"
    fi
}
