#!/usr/bin/env python3
"""Generated cases for one second of processor time: signoff beside Schemathesis, at the same endpoint of the same mock.

    harness/runner/benches/schemathesis/compare.py [SIGNOFF] [CASES]

SIGNOFF is the binary (default: target/release/signoff, built before). The first run installs Schemathesis into
target/schemathesis, from the Python package registry. Both send their cases one after the other, over HTTP on loopback.
"""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
SCRATCH = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "schemathesis"
VERSION = "4.32.5"


def schemathesis():
    """The installed program, in an environment of its own."""
    program = SCRATCH / "venv/bin/schemathesis"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", SCRATCH / "venv"], check=True)
        install = [SCRATCH / "venv/bin/pip", "install", "--quiet", f"schemathesis=={VERSION}"]
        subprocess.run(install, check=True)
    return program


def timed(command):
    """Runs a command; its output, its processor time in seconds, and the time that passed."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=SCRATCH)
    output = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return output, usage.ru_utime + usage.ru_stime, time.monotonic() - started


def serve():
    """The mock, what it says of itself, and its process."""
    process = subprocess.Popen([BINARY, "serve", "--dialect", "oidc"], stdout=subprocess.PIPE, text=True, cwd=SCRATCH)
    said = []
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C ends the server" in line:
            return process, "".join(said)
    raise SystemExit("the mock did not start")


def quoted(values):
    return ", ".join(json.dumps(value) for value in values)


def write_target(said):
    """A target file for the first client and user that the mock names."""
    value = lambda name: re.search(rf"^\s*{name}\s+(\S+)", said, re.M).group(1)
    control = value("control")
    health = json.load(urllib.request.urlopen(f"{control}/health"))
    tenant = health["tenants"][0]["id"] if "tenants" in health else "default"
    client = re.search(r"^\s*client\s+(\S+).*\n((?:    .*\n)*)", said, re.M)
    within = lambda name: re.findall(rf"^\s*{name}\s+(\S+)", client.group(2), re.M)
    user = re.search(r"^\s*user\s+(\S+) / (.*)$", said, re.M)
    secret = f'secret = {quoted(within("secret"))}, ' if within("secret") else ""
    (SCRATCH / "signoff.toml").write_text(
        f"""[target.mock]
dialect = "oidc"
issuer  = {quoted([value("issuer")])}
client  = {{ id = {quoted([client.group(1)])}, {secret}redirect = [{quoted(within("redirect"))}], post_logout = [{quoted(within("post-logout"))}] }}
user    = {{ name = {quoted([user.group(1)])}, password = {quoted([user.group(2).strip()])} }}
mock    = {{ control = {quoted([control])}, tenant = {quoted([tenant])} }}
"""
    )
    return value("issuer")


def main():
    SCRATCH.mkdir(parents=True, exist_ok=True)
    program = schemathesis()
    process, said = serve()
    try:
        issuer = write_target(said)
        # One hand-written scenario is the least that a run plays beside its generated cases.
        ours, cpu, wall = timed([BINARY, "run", "hint/valid", "--target", "mock", "--cases", str(CASES), "--snapshots", "off"])
        counted = re.search(r"generated: ([\d,]+) cases?", ours)
        if not counted:
            raise SystemExit(ours)
        cases = int(counted.group(1).replace(",", ""))
        print(f"signoff: {cases} cases, {cpu:.2f} s of a processor, {wall:.2f} s: {cases / cpu:.0f} cases a processor second")
        print("  " + "\n  ".join(line for line in ours.splitlines() if "generated:" in line or "cost" in line))
        theirs, their_cpu, their_wall = timed(
            [program, "run", HERE / "openapi.json", "--url", issuer, "--max-examples", str(CASES // 2), "--seed", "1",
             "--phases", "fuzzing", "--workers", "1", "--checks", "not_a_server_error,status_code_conformance,content_type_conformance",
             "--continue-on-failure", "--no-color"]
        )
        generated = re.search(r"([\d,]+) generated", theirs)
        if not generated:
            raise SystemExit(theirs)
        examples = int(generated.group(1).replace(",", ""))
        # Versions of its parts that do not fit break off at the first case, and would be no comparison.
        if examples < CASES // 2:
            raise SystemExit(theirs)
        rate = examples / their_cpu
        print(f"schemathesis {VERSION}: {examples} cases, {their_cpu:.2f} s of a processor, {their_wall:.2f} s: {rate:.0f} cases a processor second")
        print(f"signoff is {cases / cpu / rate:.1f} times as fast for each core")
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    BINARY = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/signoff").resolve()
    CASES = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    main()
