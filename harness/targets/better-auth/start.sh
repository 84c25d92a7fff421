#!/bin/sh
# Installs the package at the first start and runs it. PORT (4103), KEY_FILE (where to write the private signing key).
set -eu
cd "$(dirname "$0")"
[ -d node_modules/better-auth ] || npm ci --no-audit --no-fund --silent
exec node server.mjs
