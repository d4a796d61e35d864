#!/bin/sh
# Hangs: the process lives on, its heartbeat does not. Only a probe can tell.
set -u
trap 'exit 0' TERM INT
for beat in 1 2 3 4 5; do
    touch "$MODULE_HEARTBEAT_FILE"
    echo "hanger: beat $beat"
    sleep 1 &
    wait $!
done
echo "hanger: waiting for something that never comes"
while :; do
    sleep 3600 &
    wait $!
done
