#!/bin/sh
# Installs the package at the first start and runs server.py. PORT (4108), KEY_FILE (where to write the private signing
# key).
set -eu
cd "$(dirname "$0")"
mkdir -p scratch
# The order of a set shows in answers (Allow).
export PYTHONHASHSEED=0
if [ ! -f scratch/venv/installed ] || ! cmp -s requirements.txt scratch/venv/installed; then
    python3 -m venv --clear scratch/venv
    scratch/venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
    cp requirements.txt scratch/venv/installed
fi
exec scratch/venv/bin/python server.py
