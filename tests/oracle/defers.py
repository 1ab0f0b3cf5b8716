#!/usr/bin/env python3
"""Holds `gdlint debug defers` against the compiler.

  tests/oracle/defers.py --gdlint build/gdlint [--module DIR]... [--std | --no-std]
  tests/oracle/defers.py --gdlint build/gdlint --golden
  tests/oracle/defers.py --record

The first compares the class of every defer statement of std, of tests/golden/defers and of
the packages of each module with what `go build -gcflags=-d=defer` says. --golden needs no Go:
it holds gdlint against the `// want` comments of tests/golden/defers, which --record writes
anew from the compiler. The last line is `N passed, N failed`.
"""

import argparse
import collections
import os
import pathlib
import re
import subprocess
import sys

import toolchain

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "golden" / "defers"
DIAGNOSTIC = re.compile(r"^(.+?\.go):(\d+):(\d+): (\S+) defer$")
WANT = re.compile(r' // want "([^"]*)"')
DEFER = re.compile(r"(?:^|[\t {])defer ")

# Differences that are known, by place: why. docs/debugging.md says in general what is not as
# the compiler has it.
EXPLAINED = {}


def environment():
    return {**os.environ, "CGO_ENABLED": "0"}


def compiler_classes(folder, patterns):
    """What gc says of the packages: {(absolute path, line, column): classes}."""
    command = ["go", "build", "-gcflags=-d=defer", "-o", os.devnull, *patterns]
    if patterns != ["std"]:
        # Several main packages cannot be written to one file.
        command = ["go", "build", "-gcflags=-d=defer", *patterns]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip().splitlines()[-1]}")
    classes = collections.defaultdict(set)
    for line in done.stderr.splitlines():
        match = DIAGNOSTIC.match(line)
        if match:
            path = (pathlib.Path(folder) / match[1]).resolve()
            classes[str(path), int(match[2]), int(match[3])].add(match[4])
    return classes


def gdlint_classes(gdlint, folder, patterns):
    """What gdlint says: {(import path/base.go, line, column): class}."""
    done = subprocess.run(
        [gdlint, "debug", "defers", *patterns], cwd=folder, env=environment(), capture_output=True, text=True
    )
    if done.returncode not in (0, 3):
        raise RuntimeError(f"gdlint debug defers: {done.stderr.strip()}")
    classes = {}
    for line in done.stdout.splitlines():
        place, kind = line.split("\t")
        path, row, column = place.rsplit(":", 2)
        classes[path, int(row), int(column)] = kind
    return classes


def import_paths(folder, patterns):
    """The import path of each directory."""
    done = subprocess.run(
        ["go", "list", "-f", "{{.Dir}}\t{{.ImportPath}}", *patterns],
        cwd=folder, env=environment(), capture_output=True, text=True, check=True,
    )
    return dict(line.split("\t") for line in done.stdout.splitlines())


def compare(name, gdlint, folder, patterns):
    """True if all are equal, or explained."""
    paths = {str(pathlib.Path(d).resolve()): path for d, path in import_paths(folder, patterns).items()}
    wanted = {}
    for (path, line, column), kinds in compiler_classes(folder, patterns).items():
        file = pathlib.Path(path)
        # Generic functions of other packages are compiled where they are used.
        if str(file.parent) in paths:
            wanted[f"{paths[str(file.parent)]}/{file.name}", line, column] = "|".join(sorted(kinds))
    found = gdlint_classes(gdlint, folder, patterns)
    failures = 0
    explained = 0
    for place in sorted({*wanted, *found}):
        want, got = wanted.get(place, "none"), found.get(place, "missing")
        if want == got:
            continue
        text = ":".join(map(str, place))
        if text in EXPLAINED:
            explained += 1
            continue
        failures += 1
        print(f"{text}: the compiler says {want}, gdlint {got}")
    print(f"{name}: {len(found)} defers, {failures} different, {explained} explained")
    return failures == 0 and len(found) > 0


def golden_files():
    return sorted(GOLDEN.glob("*.go"))


def check_golden(gdlint):
    found = gdlint_classes(gdlint, GOLDEN, ["."])
    count = 0
    outcomes = []
    for file in golden_files():
        lines = collections.defaultdict(list)
        for (path, row, _), kind in found.items():
            if path.rsplit("/", 1)[1] == file.name:
                lines[row].append(kind)
        failures = []
        for row, line in enumerate(file.read_text().splitlines(), 1):
            match = WANT.search(line)
            want = [match[1]] if match else []
            count += len(want)
            if lines[row] != want:
                failures.append(f"{file.name}:{row}: want {want}, got {lines[row]}")
        for failure in failures:
            print(failure)
        outcomes.append(not failures)
    return outcomes if count > 100 else [False]


def record():
    classes = compiler_classes(GOLDEN, ["."])
    for file in golden_files():
        by_line = {line: kinds for (path, line, _), kinds in classes.items() if path == str(file)}
        lines = []
        for row, line in enumerate(file.read_text().splitlines(), 1):
            line = WANT.sub("", line)
            if DEFER.search(line) and not line.lstrip().startswith("//"):
                line += f' // want "{"|".join(sorted(by_line.get(row, {"none"})))}"'
            lines.append(line)
        file.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdlint", type=pathlib.Path, help="the program under test")
    parser.add_argument("--golden", action="store_true", help="only the golden facts, without Go")
    parser.add_argument("--record", action="store_true", help="write the golden facts anew")
    parser.add_argument("--no-std", action="store_true", help="leave out the standard library")
    parser.add_argument("--module", action="append", default=[], type=pathlib.Path, help="this module too", metavar="DIR")
    parser.add_argument("--packages", action="append", default=[], help="these packages too", metavar="PATTERN")
    arguments = parser.parse_args()
    if arguments.record:
        record()
        return 0
    if arguments.gdlint is None:
        parser.error("--gdlint is needed")
    gdlint = arguments.gdlint.resolve()
    outcomes = check_golden(gdlint)
    if not arguments.golden:
        try:
            goroot = toolchain.goroot()
        except toolchain.MissingGo as missing:
            print(f"{missing}: nothing to compare with", file=sys.stderr)
            return 2
        source = pathlib.Path(goroot) / "src"
        outcomes.append(compare("golden", gdlint, GOLDEN, ["."]))
        if not arguments.no_std:
            outcomes.append(compare("std", gdlint, source, ["std"]))
        for pattern in arguments.packages:
            outcomes.append(compare(pattern, gdlint, source, [pattern]))
        for module in arguments.module:
            outcomes.append(compare(str(module), gdlint, module, ["./..."]))
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed")
    return 0 if outcomes and all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
