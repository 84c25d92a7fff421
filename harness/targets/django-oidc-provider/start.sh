#!/bin/sh
# Installs the package at the first start and runs site_under_test.py. PORT (4107), KEY_FILE (where to write the private signing
# key).
set -eu
cd "$(dirname "$0")"
mkdir -p scratch
if [ ! -f scratch/venv/installed ] || ! cmp -s requirements.txt scratch/venv/installed; then
    python3 -m venv --clear scratch/venv
    scratch/venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
    cp requirements.txt scratch/venv/installed
fi
exec scratch/venv/bin/python site_under_test.py
