#!/usr/bin/env bash
# Builds the peers of this module's tests from Debian's Cyclone DDS (in C) and Fast DDS (in C++), in target/dds. Done once: run it as often as you like.
# On Debian and Ubuntu root gets the packages installed, others are told what to do.
set -euo pipefail

fail() {
    echo "protocol-ros2: $*" >&2
    exit 1
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../.." && pwd)/target/dds
sources=("$here"/peer.idl "$here"/*.c "$here"/*.h "$here"/*.cpp "$here"/*.hpp "$here"/install.sh)
# What is compiled, and what is run beside it: namespaces, loss, and a second opinion on packets.
packages=(cyclonedds-dev cyclonedds-tools libfastrtps-dev gcc g++ libc6-dev util-linux iproute2 iptables tshark)

programs_are_there() {
    local program
    for program in idlc cc c++ unshare nsenter ip iptables tshark; do
        command -v "$program" >/dev/null || return 1
    done
}

is_there() {
    programs_are_there &&
        echo '#include <dds/dds.h>' | cc -x c -fsyntax-only - 2>/dev/null &&
        echo '#include <fastdds/dds/domain/DomainParticipant.hpp>' | c++ -x c++ -fsyntax-only - 2>/dev/null
}

checksum() { cat "${sources[@]}" | sha256sum; }

if programs_are_there && [[ -f $target/installed && $(<"$target/installed") == "$(checksum)" && -x $target/cyclone-peer && -x $target/fastdds-peer ]]; then
    exit 0
fi
if ! is_there; then
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        echo "protocol-ros2: Installing ${packages[*]} with apt-get" >&2
        export DEBIAN_FRONTEND=noninteractive
        { apt-get install -y --no-install-recommends "${packages[@]}" ||
            { apt-get update && apt-get install -y --no-install-recommends "${packages[@]}"; }; } >&2 || true
    fi
    is_there || fail "The peers of the ROS 2 tests need Cyclone DDS, Fast DDS, compilers, network tools and tshark. Install them: apt-get install ${packages[*]}"
fi
rm -rf "$target"
mkdir -p "$target/generated"
(cd "$target/generated" && idlc -x final "$here/peer.idl") || fail "idlc could not read $here/peer.idl, see above."
cc -std=gnu11 -O2 -Wall -Wextra -I"$target/generated" -o "$target/cyclone-peer" "$here"/*.c "$target/generated/peer.c" -lddsc -lpthread ||
    fail "The peer of Cyclone DDS could not be compiled, see above."
c++ -std=c++17 -O2 -Wall -o "$target/fastdds-peer" "$here"/*.cpp -lfastrtps -lfastcdr -lpthread ||
    fail "The peer of Fast DDS could not be compiled, see above."
checksum >"$target/installed"
