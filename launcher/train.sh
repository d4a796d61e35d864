#!/usr/bin/env bash
# Trains the AOT cache of a staged service on this machine, with the Java runtime that will use it, into the stage's folder 90-aot.
# usage: launcher/train.sh full|slim|slim-containers [JAVA_RUNTIME]
set -euo pipefail

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
readonly ROOT

fail() {
    echo "train: $*" >&2
    exit 1
}

distribution=${1:-}
if [[ ! $distribution =~ ^(full|slim|slim-containers)$ ]] || (($# > 2)); then
    echo "usage: launcher/train.sh full|slim|slim-containers [JAVA_RUNTIME]" >&2
    exit 2
fi
runtime=${2:-$ROOT/target/base/java}
stage=$ROOT/target/stage/$distribution
[[ -d $stage/30-runner ]] || fail "$stage is missing: run launcher/stage.sh $distribution first."
[[ -x $runtime/bin/java ]] || fail "There is no Java runtime at $runtime: run docker/base/build.sh runtime first."
[[ ! -d $stage/90-aot ]] || exit 0

work=$(mktemp -d "$ROOT/target/stage/.training.XXXXXX")
trap 'rm -rf "$work"' EXIT
for layer in "$stage"/{10,30,40}-*/; do
    cp -a "$layer." "$work/"
done
"$ROOT/docker/build/training-repository.sh" "$ROOT/examples/modules" "$work/repository"
"${JAVA_HOME:+$JAVA_HOME/bin/}javac" -d "$work/train" "$ROOT/docker/build/Train.java"
mkdir -p "$work/aot/opt/vyra/aot"
"$runtime/bin/java" -cp "$work/train" Train "$work/opt/vyra" "$work/repository" "$work/aot/opt/vyra/aot/modulemanager.aot" >&2
chmod 644 "$work/aot/opt/vyra/aot/modulemanager.aot"
find "$work/aot" -exec touch -h -r "$stage/fingerprint" {} +
mv -T "$work/aot" "$stage/90-aot"
