#!/usr/bin/env python3
"""Holds `gdlint debug files` against `go list` on whole import closures.

  tests/oracle/file_sets.py --gdlint build/gdlint [--module DIR]... [--tests]

Compares, with `-deps`, which packages there are and which files make them: for `std` and `cmd` of the
Go that is installed, and for `./...` of each module DIR, on several platforms. With --tests the test
variants as well. The last line is `N passed, N failed`.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import time

import toolchain

PLATFORMS = (
    {"GOOS": "linux", "GOARCH": "amd64", "CGO_ENABLED": "0"},
    {"GOOS": "linux", "GOARCH": "amd64", "CGO_ENABLED": "1"},
    {"GOOS": "windows", "GOARCH": "amd64", "CGO_ENABLED": "0"},
    {"GOOS": "darwin", "GOARCH": "arm64", "CGO_ENABLED": "0"},
)
FORMAT = '{{.ImportPath}}{{"\t"}}{{join .GoFiles " "}}'
SHOWN = 10


def run(command, cwd, platform):
    environment = dict(os.environ, GOTOOLCHAIN="local", GOPROXY="off", **platform)
    begin = time.monotonic()
    result = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    return result, time.monotonic() - begin


def file_sets(text):
    """The files of each package, by import path; test mains have none worth comparing."""
    packages = {}
    for line in text.splitlines():
        path, _, files = line.partition("\t")
        if not path.endswith(".test"):
            packages.setdefault(path, set()).add(tuple(sorted(files.split())))
    return packages


def compare(gdlint, cwd, pattern, platform, tests):
    """True if both name the same packages and files; prints what differs."""
    # Copies for the sake of a profile are no variants that matter; without tests they are compared.
    go_command = ["go", "list", "-deps", *(["-test", "-pgo=off"] if tests else []), "-f", FORMAT, pattern]
    our_command = [gdlint, "debug", "files", "--deps", *(["--tests"] if tests else []), pattern]
    theirs, their_seconds = run(go_command, cwd, platform)
    ours, our_seconds = run(our_command, cwd, platform)
    name = f"{pattern} in {cwd}" + (" with tests" if tests else "")
    name += " on {GOOS}/{GOARCH} CGO_ENABLED={CGO_ENABLED}".format(**platform)
    # gdlint ends with 3 where it has something to say about a package.
    if theirs.returncode != 0 or ours.returncode not in (0, 3):
        print(f"{name}: go list ended with {theirs.returncode}, gdlint with {ours.returncode}")
        print((theirs.stderr if theirs.returncode else ours.stderr)[-600:].rstrip())
        return False
    expected, found = file_sets(theirs.stdout), file_sets(ours.stdout)
    differing = sorted(path for path in {*expected, *found} if expected.get(path) != found.get(path))
    files = sum(len(files) for sets in expected.values() for files in sets)
    print(
        f"{name}: {len(expected)} packages, {files} files, {len(differing)} differ "
        f"(go list {their_seconds:.2f} s, gdlint {our_seconds:.2f} s)"
    )
    for path in differing[:SHOWN]:
        theirs_only = expected.get(path, set()) - found.get(path, set())
        ours_only = found.get(path, set()) - expected.get(path, set())
        print(f"  {path}: go list {sorted(theirs_only) or 'nothing'}, gdlint {sorted(ours_only) or 'nothing'}")
    if ours.returncode != 0 or ours.stderr:
        print(f"  gdlint ended with {ours.returncode}: {ours.stderr[:600].rstrip()}")
    return bool(expected) and not differing and ours.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdlint", required=True, type=pathlib.Path, help="the program under test")
    parser.add_argument("--module", action="append", default=[], help="compare ./... of the module in DIR", metavar="DIR")
    parser.add_argument("--only-modules", action="store_true", help="leave out std and cmd")
    parser.add_argument("--tests", action="store_true", help="compare test variants too")
    arguments = parser.parse_args()
    gdlint = str(arguments.gdlint.resolve())
    try:
        source = str(toolchain.goroot() / "src")
    except toolchain.MissingGo as missing:
        print(f"{missing}: nothing to compare with", file=sys.stderr)
        return 2

    cases = [] if arguments.only_modules else [(source, "std"), (source, "cmd")]
    cases += [(module, "./...") for module in arguments.module]
    outcomes = []
    for cwd, pattern in cases:
        for platform in PLATFORMS:
            for tests in (False, True) if arguments.tests else (False,):
                outcomes.append(compare(gdlint, cwd, pattern, platform, tests))
                sys.stdout.flush()
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed")
    return 0 if outcomes and all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
