#!/usr/bin/env bash
# Builds zenohd, the router program of the reference implementation, into target/zenohd: the peer of this module's slow tests. It takes a
# while once, nothing after that. Needs cargo and the Rust crate registry. Its release is that of eclipse-zenoh in ../python/requirements.txt.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../.." && pwd)/target/zenohd
release=$(sed -n 's/^eclipse-zenoh==\([0-9.]*\).*/\1/p' "$here/../python/requirements.txt")

if [[ -x $target/bin/zenohd && $(cat "$target/installed" 2>/dev/null) == "$release" ]]; then
    exit 0
fi
command -v cargo >/dev/null || {
    echo "protocol-zenoh: cargo is missing, and zenohd $release is built with it. Install Rust from your system or with rustup." >&2
    exit 1
}
CARGO_TARGET_DIR=$target/build cargo install zenohd --version "$release" --locked --root "$target"
rm -rf "$target/build"
echo "$release" >"$target/installed"
