#!/bin/sh
# The good version: an update to 2.0.0 has to come back to this one.
set -u
trap 'exit 0' TERM INT
echo "fragile $MODULE_VERSION: works"
while :; do
    touch "$MODULE_HEARTBEAT_FILE"
    sleep 1 &
    wait $!
done
