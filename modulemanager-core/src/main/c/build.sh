#!/bin/sh
# Compiles module-shim into the folder given, unless it is newer than its sources.
# Static, so that no library of the machine or LD_PRELOAD of a module can stop it; dynamic where there is no static libc.
set -eu
out=$1
cd "$(dirname "$0")"
: "${CC:=cc}"
if [ -x "$out/module-shim" ] && [ -z "$(find . -type f -newer "$out/module-shim")" ]; then
    exit 0
fi
if ! command -v "$CC" >/dev/null 2>&1; then
    echo "module-shim: no C compiler ('$CC') was found. Install one: apt-get install gcc libc6-dev" >&2
    exit 1
fi
mkdir -p "$out"
flags="-std=c11 -O2 -Wall -Wextra -Werror -fstack-protector-strong -Wl,--build-id=none -s"
# shellcheck disable=SC2086 # the flags are words
if ! printf '#include <stdio.h>\nint main(void){return puts("")<0;}\n' | "$CC" -x c -static -o "$out/static-check" - 2>/dev/null; then
    if ! printf '#include <stdio.h>\nint main(void){return puts("")<0;}\n' | "$CC" -x c -o "$out/static-check" - 2>"$out/static-check.log"; then
        cat "$out/static-check.log" >&2
        echo "module-shim: '$CC' cannot compile a C program. Install the C library's headers: apt-get install gcc libc6-dev" >&2
        exit 1
    fi
    echo "module-shim: no static C library, linking dynamically" >&2
else
    flags="$flags -static"
fi
rm -f "$out/static-check" "$out/static-check.log"
# Replaced by a rename: a running manager may be executing the old one.
# shellcheck disable=SC2086 # the flags are words
"$CC" $flags -o "$out/module-shim.new" main.c launch.c serve.c reap.c log.c record.c
mv "$out/module-shim.new" "$out/module-shim"
