#!/usr/bin/env bash
# Builds a program in Go that tests use, of the release that a go.mod names. It takes some minutes once, nothing after that. Needs Go and the
# Go module proxy.
# usage: launcher/go-program.sh NAME SOURCES TARGET MODULE PACKAGE [VARIABLE]
#   NAME      of the program, which is TARGET/NAME then
#   SOURCES   the folder of go.mod, which requires MODULE, and of go.sum
#   PACKAGE   of MODULE, as a path in it
#   VARIABLE  what the program calls its version, as the linker names it
set -euo pipefail

if (($# != 5 && $# != 6)); then
    echo "usage: launcher/go-program.sh NAME SOURCES TARGET MODULE PACKAGE [VARIABLE]" >&2
    exit 2
fi
name=$1 sources=$2 target=$3 module=$4 package=$5 variable=${6:-}
release=$(awk -v module="$module" '$1 == "require" && $2 == module { print substr($3, 2) }' "$sources/go.mod")

if [[ -x $target/$name && $(cat "$target/installed" 2>/dev/null) == "$release" ]]; then
    exit 0
fi
needed=$(sed -n 's/^go //p' "$sources/go.mod")
# Without Go there is no version.
have=$(go env GOVERSION 2>/dev/null | sed 's/^go//') || true
if [[ -z $have || $(printf '%s\n' "$needed" "$have" | sort -V | head -n 1) != "$needed" ]]; then
    echo "go-program: $name $release is built with Go $needed or newer, and ${have:-none} is here. Install it from its makers." >&2
    exit 1
fi
mkdir -p "$target"
cp "$sources/go.mod" "$sources/go.sum" "$target/"
cd "$target"
# Static, so that it runs in an image of its own, too.
CGO_ENABLED=0 go build -mod=mod -trimpath -ldflags="-s -w${variable:+ -X $variable=$release}" -o "$name" "$module/$package"
echo "$release" >installed
