#!/usr/bin/env python3
"""Runs the programs of the rules' pages with a real Go toolchain.

    run_programs.py CHECKS_TESTS REPOSITORY

Each program that proves a fact must print what its page says; the wrong and right
programs of each page must compile. Needs `go`.
"""

import os
import pathlib
import subprocess
import sys
import tempfile


def go(folder, *args):
    env = dict(os.environ, GOFLAGS="-mod=mod", GOWORK="off", GOTOOLCHAIN="local")
    return subprocess.run(["go", *args], cwd=folder, env=env, text=True,
                          capture_output=True, check=False)


def verdict(folder):
    """What is wrong with one program; empty if nothing is."""
    expected = folder / "expected.txt"
    if not expected.exists():
        built = go(folder, "build", "-o", os.devnull, ".")
        return built.stderr if built.returncode else ""
    ran = go(folder, "run", ".")
    if ran.returncode or ran.stdout != expected.read_text():
        return f"printed {ran.stdout!r} {ran.stderr!r}"
    return ""


def main():
    checks_tests, repository = sys.argv[1:]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as temp:
        subprocess.run([checks_tests, repository, "--programs", temp], check=True)
        for folder in sorted(pathlib.Path(temp).iterdir()):
            wrong = verdict(folder)
            if wrong:
                failed += 1
                print(f"FAIL {folder.name}: {wrong}")
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
