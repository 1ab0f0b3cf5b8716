#!/usr/bin/env python3
"""Random programs, run by `gdlint run`: each prints what a real Go recorded. Needs no Go.

    recorded.py GDLINT             compares with recorded.txt, beside this file
    recorded.py --record           writes it, from the Go that is there

recorded.txt has a line for each case, with a digest of its output. `compare.py` shows how the
outputs differ.
"""

import hashlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import generate

SEED, CASES = 1, 200
RECORDED = pathlib.Path(__file__).with_name("recorded.txt")


def digests(output):
    """By case, of its three calls."""
    by_case = {}
    for part in re.split(r"^(?=case \d+ \d+$)", output, flags=re.MULTILINE):
        if part:
            by_case.setdefault(part.split()[1], []).append(part)
    return ["%s %s" % (case, hashlib.sha256("".join(parts).encode()).hexdigest()[:16])
            for case, parts in by_case.items()]


def output_of(command, folder):
    ran = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300,
    )
    return ran.returncode, ran.stderr.decode(errors="replace")


def main():
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "random.go").write_text(generate.program(SEED, CASES, False))
        if sys.argv[1] == "--record":
            environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="", GOWORK="off", CGO_ENABLED="0")
            subprocess.run(["go", "build", "random.go"], cwd=folder, env=environment, check=True)
            _, output = output_of([os.path.join(folder, "random")], folder)
            RECORDED.write_text("\n".join(digests(output)) + "\n")
            return 0
        code, output = output_of([os.path.abspath(sys.argv[1]), "run", "random.go"], folder)
    if "no Go installation" in output or "program has no package runtime" in output:
        print("no source of the standard library: programs were not run")
        print("0 passed, 0 failed")
        return 0
    wanted = RECORDED.read_text().splitlines()
    got = set(digests(output))
    failed = [line for line in wanted if line not in got]
    for line in failed:
        print("seed %d, case %s: other output" % (SEED, line.split()[0]))
    if code != 0:
        print("exit code %d: %s" % (code, output[-500:]))
    print("%d passed, %d failed" % (len(wanted) - len(failed), len(failed) + (code != 0)))
    return 1 if failed or code != 0 or len(wanted) != CASES else 0


if __name__ == "__main__":
    sys.exit(main())
