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

# Where engines serve their API, in the order in which the manager looks for them (EngineAddress.java).
engine_sockets() {
    local host=${DOCKER_HOST:-${CONTAINER_HOST:-}}
    if [[ -n $host ]]; then
        echo "${host#unix://}"
        return
    fi
    [[ -z ${XDG_RUNTIME_DIR:-} ]] || printf '%s\n' "$XDG_RUNTIME_DIR/docker.sock" "$XDG_RUNTIME_DIR/podman/podman.sock"
    printf '%s\n' /var/run/docker.sock /run/podman/podman.sock
}

# Only modules that run in containers need an engine, so nothing is missing without one.
doctor_containers() {
    local socket said line any=false
    while IFS= read -r socket; do
        [[ -S $socket ]] || continue
        any=true
        if [[ ! -r $socket || ! -w $socket ]]; then
            note containers "$(id -un) may not use the engine at $socket; docs/containers.md says how to change that"
        elif ! command -v node >/dev/null; then
            note containers "an engine is at $socket; Node would ask it what it is"
        elif said=$(node "$ROOT/launcher/engine.mjs" "$socket"); then
            found containers "${said%%$'\n'*} ($socket)"
            while IFS= read -r line; do
                [[ $line == "${said%%$'\n'*}" ]] || note containers "${line#WARNING: }"
            done <<<"$said"
        else
            note containers "the engine at $socket is of no use: $said"
        fi
    done < <(engine_sockets)
    $any || note containers "no engine serves its API here; modules that run in containers need one (docs/containers.md)"
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
