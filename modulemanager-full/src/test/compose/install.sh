#!/usr/bin/env bash
# Builds Compose, with which this module's slow tests start the compose files, into target/compose.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../../../../launcher/go-program.sh" docker-compose "$here" "$here/../../../target/compose" github.com/docker/compose/v2 cmd \
    github.com/docker/compose/v2/internal.Version
