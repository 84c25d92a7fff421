#!/bin/sh
# Installs the package at the first start and runs it. PORT (4101), POST=1 (enables POST at the endpoints),
# KEY_FILE (where to write the private signing key).
set -eu
cd "$(dirname "$0")"
[ -d node_modules/oidc-provider ] || npm ci --no-audit --no-fund --silent
exec node server.mjs
