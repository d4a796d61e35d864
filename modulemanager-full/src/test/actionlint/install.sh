#!/usr/bin/env bash
# Builds actionlint, with which this module's slow tests read the workflow of CI, into target/actionlint. It takes a minute once, nothing after
# that. Needs Go and the Go module proxy.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../.." && pwd)/target/actionlint
release=$(sed -n 's/^require github.com\/rhysd\/actionlint v\([0-9.]*\)$/\1/p' "$here/go.mod")

if [[ -x $target/actionlint && $(cat "$target/installed" 2>/dev/null) == "$release" ]]; then
    exit 0
fi
needed=$(sed -n 's/^go //p' "$here/go.mod")
have=$(go env GOVERSION 2>/dev/null | sed 's/^go//') || true
if [[ -z $have || $(printf '%s\n' "$needed" "$have" | sort -V | head -n 1) != "$needed" ]]; then
    echo "modulemanager-full: actionlint $release is built with Go $needed or newer, and ${have:-none} is here. Install it from its makers." >&2
    exit 1
fi
mkdir -p "$target"
cp "$here/go.mod" "$here/go.sum" "$target/"
cd "$target"
CGO_ENABLED=0 go build -mod=mod -trimpath -ldflags='-s -w' -o actionlint github.com/rhysd/actionlint/cmd/actionlint
echo "$release" >installed
