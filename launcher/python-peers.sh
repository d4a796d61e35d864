#!/usr/bin/env bash
# Installs the Python packages that a protocol library's tests talk to, into the library's target/python. Done once: run it as often as you like.
# Their releases and checksums are in MODULE/src/test/python/requirements.txt; its line "# imports: …" says what must be loadable, and its line
# "# needs: …" what they run on.
#
# usage: python-peers.sh protocol-zenoh|protocol-ros2
set -euo pipefail

fail() {
    echo "${module:-python-peers}: $*" >&2
    exit 1
}

module=${1:-}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
requirements=$root/$module/src/test/python/requirements.txt
[[ -n $module && -f $requirements ]] || fail "usage: python-peers.sh protocol-zenoh|protocol-ros2"
target=$root/$module/target/python
imports=$(sed -n 's/^# imports: //p' "$requirements")
needs=$(sed -n 's/^# needs: //p' "$requirements")

if [[ -f $target/installed ]] && cmp -s "$requirements" "$target/installed" && "$target/bin/python" -c "import $imports" 2>/dev/null; then
    exit 0
fi
command -v python3 >/dev/null || fail "python3 is missing. Install it: apt-get install python3 python3-venv, or the like of your system."
rm -rf "$target"
mkdir -p "${target%/*}"
python3 -m venv "$target" ||
    fail "python3 cannot make a virtual environment. Install its venv module: apt-get install python3-venv, or the like of your system."
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$requirements" ||
    fail "The packages of $requirements could not be installed, see above. They need $needs. Can the Python package index be reached?"
"$target/bin/python" -c "import $imports" || fail "The installed packages cannot be loaded by $target/bin/python, see above."
cp "$requirements" "$target/installed"
