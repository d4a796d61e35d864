#!/bin/sh
# Builds the page into dist/. Called by Maven; packages are installed only when the lock file changed since the last time, and the page is
# built only when a file of it did: "built" succeeds when none did. "browser" tests the packaged service with it in Chromium.
set -eu
cd "$(dirname "$0")"
installed=node_modules/.installed-lock.json
built=node_modules/.built

sources() {
    find . \( -path ./node_modules -o -path ./dist -o -path ./target \) -prune -o -type f -exec sha256sum {} + | sort
}

if [ "${1:-build}" = built ]; then
    [ -e dist/index.html ] && [ -e "$built" ] || exit 1
    sources | cmp -s - "$built"
    exit
fi
if ! cmp -s package-lock.json "$installed"; then
    npm ci --prefer-offline --ignore-scripts --no-audit --no-fund
    cp package-lock.json "$installed"
    rm -f "$built"
fi
case "${1:-build}" in
    build)
        sources >"$built.now"
        if [ ! -e dist/index.html ] || ! cmp -s "$built.now" "$built"; then
            rm -f "$built"
            npm run --silent build
            mv "$built.now" "$built"
        fi
        ;;
    test) npm run --silent test ;;
    browser) npm run --silent test:browser ;;
    *)
        echo "usage: build.sh [build|built|test|browser]" >&2
        exit 2
        ;;
esac
