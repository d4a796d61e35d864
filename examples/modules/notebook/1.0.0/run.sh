#!/bin/sh
# Its storage outlives restarts and updates: the counter only grows.
set -eu
trap 'exit 0' TERM INT
counter=$MODULE_STORAGE/counter
starts=0
if [ -s "$counter" ]; then
    read -r starts <"$counter"
fi
starts=$((starts + 1))
# Written beside and renamed, so that a crash leaves the old number or the new one.
echo "$starts" >"$counter.new"
mv "$counter.new" "$counter"
echo "notebook $MODULE_VERSION: start number $starts"
while :; do
    touch "$MODULE_HEARTBEAT_FILE"
    sleep 1 &
    wait $!
done
