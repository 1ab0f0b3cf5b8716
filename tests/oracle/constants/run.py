#!/usr/bin/env python3
"""Holds constants against go/constant, on programs made by chance.

`run.py --unit-tests FILE [--count N] [--seed N]`; `--record` writes the sample that is
replayed without Go, recorded.txt, anew.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RECORDED = HERE / "recorded.txt"


def programs(count, seed, short):
    """Lines of programs."""
    command = [sys.executable, HERE / "generate.py", str(count), str(seed)]
    return subprocess.run(command + ["--short"] * short, check=True, capture_output=True).stdout


def results(lines):
    """The programs, each with what it comes to."""
    with tempfile.TemporaryDirectory() as folder:
        oracle = pathlib.Path(folder) / "oracle"
        subprocess.run(["go", "build", "-o", oracle, "."], check=True, cwd=HERE)
        return subprocess.run([oracle], check=True, input=lines, capture_output=True).stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--unit-tests", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", action="store_true")
    arguments = parser.parse_args()
    if arguments.record:
        RECORDED.write_bytes(results(programs(4_000, 7, short=True)))
        print("1 passed, 0 failed")
        return 0
    with tempfile.NamedTemporaryFile() as file:
        file.write(results(programs(arguments.count, arguments.seed, short=False)))
        file.flush()
        environment = dict(os.environ, GDLINT_CONSTANT_PROGRAMS=file.name)
        command = [arguments.unit_tests.resolve(), "-tc=*as the environment has them"]
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
