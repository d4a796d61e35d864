#!/bin/sh
# Makes a repository of one module that runs in an image of the engine's.
# usage: pack.sh TREE REPOSITORY
# environment: VYRA_TAG, the tag of the manager's image, in which the module runs, because that one is surely there
set -eu
name=$(sed -n 's/^name: *//p' "$1/.module/module_data.yaml")
version=$(sed -n 's/^version: *//p' "$1/.module/module_data.yaml")
work=$2/.work
rm -rf "$work"
mkdir "$work"
cp -R "$1/.module" "$work/"
sed -i "s|@IMAGE@|vyra/modulemanager:${VYRA_TAG:-latest}|" "$work/.module/module_runtime.yaml"
package=${name}_$version.tar.gz
tar -C "$work" -czf "$2/$package" .module
rm -rf "$work"
cat >"$2/index.json" <<INDEX
{
  "name": "sample",
  "modules": [{
    "name": "$name",
    "version": "$version",
    "filename": "$package",
    "checksum": "$(sha256sum "$2/$package" | cut -d ' ' -f 1)"
  }]
}
INDEX
