#!/usr/bin/env bash
# Builds actionlint, with which this module's slow tests read the workflow of CI, into target/actionlint.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
"$here/../../../../launcher/go-program.sh" actionlint "$here" "$here/../../../target/actionlint" github.com/rhysd/actionlint cmd/actionlint
