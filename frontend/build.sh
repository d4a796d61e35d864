#!/bin/sh
# Builds the page into dist/. Called by Maven; packages are installed only when the lock file changed since the last time.
set -eu
cd "$(dirname "$0")"
installed=node_modules/.installed-lock.json
if ! cmp -s package-lock.json "$installed"; then
    npm ci --prefer-offline --ignore-scripts --no-audit --no-fund
    cp package-lock.json "$installed"
fi
case "${1:-build}" in
    build) npm run --silent build ;;
    test) npm run --silent test ;;
    *)
        echo "usage: build.sh [build|test]" >&2
        exit 2
        ;;
esac
