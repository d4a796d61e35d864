#!/usr/bin/env bash
# Builds Traefik, the gateway of this module's slow tests, into target/traefik.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../../../../launcher/go-program.sh" traefik "$here" "$here/../../../target/traefik" github.com/traefik/traefik/v3 cmd/traefik
