#!/bin/sh
# Crashes for ever: shows restarts with growing pauses, then the phase failed.
echo "crasher: about to end with code 3"
sleep 1
echo "crasher: configuration key 'target' is missing" >&2
exit 3
