#!/usr/bin/env bash
# Builds Compose, with which this module's slow tests start the compose files, into target/compose. It takes some minutes once, nothing after
# that. Needs Go and the Go module proxy.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../.." && pwd)/target/compose
release=$(sed -n 's/^require github.com\/docker\/compose\/v2 v\([0-9.]*\)$/\1/p' "$here/go.mod")

if [[ -x $target/docker-compose && $(cat "$target/installed" 2>/dev/null) == "$release" ]]; then
    exit 0
fi
needed=$(sed -n 's/^go //p' "$here/go.mod")
have=$(go env GOVERSION 2>/dev/null | sed 's/^go//') || true
if [[ -z $have || $(printf '%s\n' "$needed" "$have" | sort -V | head -n 1) != "$needed" ]]; then
    echo "modulemanager-full: Compose $release is built with Go $needed or newer, and ${have:-none} is here. Install it from its makers." >&2
    exit 1
fi
mkdir -p "$target"
cp "$here/go.mod" "$here/go.sum" "$target/"
cd "$target"
CGO_ENABLED=0 go build -mod=mod -trimpath -ldflags="-s -w -X github.com/docker/compose/v2/internal.Version=$release" -o docker-compose \
    github.com/docker/compose/v2/cmd
echo "$release" >installed
