#!/bin/sh
# The bad update: it lives, but never gives a sign of life.
set -u
trap 'exit 0' TERM INT
echo "fragile $MODULE_VERSION: waiting for a sensor that was renamed in this version" >&2
while :; do
    sleep 1 &
    wait $!
done
