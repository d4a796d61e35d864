#!/bin/sh
# A well-behaved module: it beats every second and ends at once when asked to.
set -u
trap 'echo "heartbeat $MODULE_VERSION: asked to stop"; exit 0' TERM INT
started=$(date +%s)
beats=0
while :; do
    beats=$((beats + 1))
    touch "$MODULE_HEARTBEAT_FILE"
    echo "heartbeat $MODULE_VERSION: beat $beats, up $(($(date +%s) - started)) s"
    sleep 1 &
    wait $!
done
