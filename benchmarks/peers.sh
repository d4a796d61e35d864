#!/usr/bin/env bash
# Puts the process managers that recovery is compared with into a folder, without installing anything into the machine.
#
# usage: peers.sh FOLDER
set -euo pipefail

readonly PM2_VERSION=7.0.4
folder=$1
status=0
mkdir -p "$folder"

# Debian's package, unpacked: installing it would also start a daemon.
if ! [[ -x $folder/supervisor/usr/bin/supervisord ]]; then
    if (
        set -e
        rm -rf "$folder/supervisor.new"
        mkdir "$folder/supervisor.new"
        cd "$folder/supervisor.new"
        # A machine that never asked its registry has no list to find the packages in.
        apt-get download supervisor python3-pkg-resources ||
            { apt-get update && apt-get download supervisor python3-pkg-resources; }
        for package in *.deb; do
            dpkg-deb -x "$package" .
        done
        rm -f ./*.deb
        cd .. && mv -T supervisor.new supervisor
    ) >"$folder/supervisor.log" 2>&1; then :; else
        echo "peers: supervisord is not there (apt-get download supervisor), see $folder/supervisor.log" >&2
        status=1
    fi
fi

if ! [[ -f $folder/pm2/node_modules/pm2/bin/pm2 ]]; then
    mkdir -p "$folder/pm2"
    npm install --prefix "$folder/pm2" --no-audit --no-fund --omit=optional "pm2@$PM2_VERSION" >"$folder/pm2.log" 2>&1 || {
        echo "peers: pm2 is not there (npm install pm2), see $folder/pm2.log" >&2
        status=1
    }
fi
exit "$status"
