#!/bin/sh
# The same package as in ../oidc-provider, with POST on. PORT (4106), KEY_FILE (where to write the private signing key).
set -eu
cd "$(dirname "$0")"
POST=1 PORT="${PORT:-4106}" exec ../oidc-provider/start.sh
