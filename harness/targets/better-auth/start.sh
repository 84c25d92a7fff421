#!/bin/sh
# Installs the package at the first start and runs it. PORT (4103), TRUST_RP=0 (leaves the relying party's origin out of
# trustedOrigins, as it is by default), KEY_FILE (where to write the private signing key).
set -eu
cd "$(dirname "$0")"
[ -d node_modules/better-auth ] || npm ci --no-audit --no-fund --silent
exec node server.mjs
