#!/usr/bin/env bash
# Builds the user of the manager on Debian's Fast DDS that this module's tests talk to, in target/dds. It is made of the same parts as the peers of
# protocol-ros2, whose install.sh brings what is needed: run that first. Done once: run it as often as you like.
set -euo pipefail

fail() {
    echo "modulemanager-ros2: $*" >&2
    exit 1
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
module=$(cd "$here/../../.." && pwd)
parts=$(cd "$module/../protocol-ros2/src/test/dds" && pwd)
target=$module/target/dds
checksum() { cat "$here"/fastdds_user.cpp "$here"/install.sh "$parts"/*.hpp | sha256sum; }

if [[ -f $target/installed && $(<"$target/installed") == "$(checksum)" && -x $target/fastdds-user ]]; then
    exit 0
fi
command -v c++ >/dev/null || fail "There is no C++ compiler. Run protocol-ros2/src/test/dds/install.sh, which installs one."
rm -rf "$target"
mkdir -p "$target"
c++ -std=c++17 -O2 -Wall -I"$parts" -o "$target/fastdds-user" "$here/fastdds_user.cpp" -lfastrtps -lfastcdr -lpthread ||
    fail "The user on Fast DDS could not be compiled, see above."
checksum >"$target/installed"
