#!/bin/sh
# Makes a repository with the one module that the AOT cache is trained with, out of its sources alone: so a change of the service's
# code leaves it as it is.
# usage: training-repository.sh MODULES FOLDER     MODULES: examples/modules
set -eu
package=heartbeat_1.0.0.tar.gz
mkdir -p "$2"
tar -C "$1/heartbeat/1.0.0" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf - . | gzip -n >"$2/$package"
cat >"$2/index.json" <<INDEX
{
  "name": "training",
  "version": "1.0.0",
  "type": "file-based",
  "modules": [
    {
      "name": "heartbeat",
      "version": "1.0.0",
      "filename": "$package",
      "size": $(wc -c <"$2/$package"),
      "checksum": "$(sha256sum "$2/$package" | cut -d ' ' -f 1)"
    }
  ]
}
INDEX
