#!/usr/bin/env bash
# Installs the peers of this module's tests into target/python. Done once: run it as often as you like.
# Their releases and checksums are in requirements.txt. Needs CPython 3.11 to 3.13 with venv, and the Python package index.
set -euo pipefail

fail() {
    echo "protocol-ros2: $*" >&2
    exit 1
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../.." && pwd)/target/python

if [[ -f $target/installed ]] && cmp -s "$here/requirements.txt" "$target/installed" && "$target/bin/python" -c 'import cyclonedds.domain, rosbags.typesys' 2>/dev/null; then
    exit 0
fi
command -v python3 >/dev/null || fail "python3 is missing. Install it: apt-get install python3 python3-venv, or the like of your system."
rm -rf "$target"
mkdir -p "${target%/*}"
python3 -m venv "$target" ||
    fail "python3 cannot make a virtual environment. Install its venv module: apt-get install python3-venv, or the like of your system."
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$here/requirements.txt" ||
    fail "The packages of $here/requirements.txt could not be installed, see above. Can the Python package index be reached?"
"$target/bin/python" -c 'import cyclonedds.domain, rosbags.typesys' || fail "The installed packages cannot be loaded by $target/bin/python, see above."
cp "$here/requirements.txt" "$target/installed"
