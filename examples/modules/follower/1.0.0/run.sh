#!/bin/sh
set -u
trap 'echo "follower: asked to stop"; exit 0' TERM INT
echo "follower: started after heartbeat"
while :; do
    touch "$MODULE_HEARTBEAT_FILE"
    sleep 1 &
    wait $!
done
