#!/bin/sh
# Must be killed, together with its child, once the stop timeout of two seconds has passed.
trap 'echo "stubborn: TERM ignored"' TERM
trap '' INT HUP
(
    trap '' TERM INT HUP
    while :; do sleep 1; done
) &
echo "stubborn: process $$ with child $!"
while :; do
    sleep 1 &
    wait $!
done
