#!/usr/bin/env python3
"""Compares gdlint's type errors with go/types' on Go files that were changed at random.

  tests/oracle/mutate_types.py --gdlint build/gdlint [--count 500] [--seed 1] [FILE|FOLDER]...

Each mutant is one file with one to three changes of a token: one left out, written twice, swapped
with its neighbour, or replaced by another of the same kind from the same file. Files that
need others of their package are taken with them. Compared are the verdict (has the package a type
error) and the line of the first error; mutants that go/types' parser rejects are left out. Without
files, those of tests/golden/types and of some packages of the standard library are taken: well-typed
ones, whose verdict a mutation can change.

Every mutant with a different verdict (mutantN.go), or with the first error on another line (lineN.go), is
kept in --keep DIR, as a Go file that begins with both answers. The last line is `N passed, N failed`, a mutant passing if the verdicts agree.
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import compare
import error_tests
import toolchain
import type_errors

# Without assembly, cgo or files for one system.
PACKAGES = "sort slices maps iter bufio net/url encoding/json text/template go/ast regexp/syntax container/heap".split()
WORDS = re.compile(r'^(?P<line>\d+):(?P<column>\d+)\t(?P<kind>[^\t]+)\t(?P<text>.*)$')
BATCH = 200


class Source:
    """One file with its tokens, and the rest of its package."""

    def __init__(self, path, others, text, tokens):
        self.path = path
        self.others = others
        self.text = text
        # Begin, end and kind of each token that is written out.
        self.tokens = tokens


def token_spans(text, rows):
    """The spans of the tokens of a file, from the oracle's dump of them."""
    begins = [0]
    for line in text.split(b"\n"):
        begins.append(begins[-1] + len(line) + 1)
    starts = []
    for row in rows:
        match = WORDS.match(row.decode(errors="replace"))
        if match and match["text"] != '"\\n"' and match["kind"] != "EOF":
            starts.append((begins[int(match["line"]) - 1] + int(match["column"]) - 1, match["kind"]))
    spans = []
    for (begin, kind), (following, _) in zip(starts, [*starts[1:], (len(text), "")]):
        # What lies between this token and the next is the token, then blanks and comments.
        piece = re.split(rb"\s*(?://|/\*)", text[begin:following])[0] if kind not in ("STRING", "CHAR") else text[begin:following]
        piece = piece.rstrip()
        if kind not in ("STRING", "CHAR") or b"\n" not in piece:
            spans.append((begin, begin + len(piece), kind))
    return spans


def sources(oracle, paths):
    found = []
    for folder, names in packages_of(paths).items():
        dump = compare.dump([str(oracle), "tokens"], names)
        for path, rows in compare.sections(dump).items():
            path = path.decode()
            text = pathlib.Path(path).read_bytes()
            if len(text) <= 200_000:
                others = [name for name in names if name != path]
                found.append(Source(path, others, text, token_spans(text, rows)))
    return [source for source in found if source.tokens]


def packages_of(paths):
    """The files of each folder that make one package; a file of a tests' folder stands alone."""
    packages = {}
    for path in paths:
        for name in toolchain.source_files(path) if os.path.isdir(path) else [path]:
            alone = any(part in name for part in ("testdata", "type_errors", f"{toolchain.goroot()}/test/"))
            packages.setdefault(name if alone else os.path.dirname(name), []).append(name)
    for names in packages.values():
        names[:] = [name for name in names if not is_left_out(name)] or names[:1]
    return packages


def is_left_out(name):
    head = pathlib.Path(name).read_text(errors="replace")[:200]
    return name.endswith("_test.go") or "//go:build" in head or "_plan9" in name


def mutate(source, chance):
    text = source.text
    spans = list(source.tokens)
    changes = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        index = chance.randrange(len(spans))
        begin, end, kind = spans[index]
        how = chance.randrange(16)
        if how == 0:
            changes.append((begin, end, b""))
        elif how == 1:
            changes.append((begin, end, text[begin:end] + b" " + text[begin:end]))
        elif how == 2 and index + 1 < len(spans):
            following = spans[index + 1]
            swapped = text[following[0] : following[1]] + text[end : following[0]] + text[begin:end]
            changes.append((begin, following[1], swapped))
        else:
            same = [span for span in spans if span[2] == kind or how == 15]
            other = chance.choice(same)
            changes.append((begin, end, text[other[0] : other[1]]))
    limit = len(text) + 1
    for begin, end, piece in sorted(changes, key=lambda change: -change[0]):
        if end <= limit:
            text = text[:begin] + piece + text[end:]
            limit = begin
    return text


def first_error(errors):
    return min(((os.path.basename(error.file), error.line) for error in errors), default=None)


class Tally:
    def __init__(self, keep):
        self.keep = keep
        self.agreed = self.rejected = self.same_line = self.syntax = 0
        self.different = []

    def take(self, unit, mutant, ours, theirs):
        if ours.failure:
            self.report(unit, mutant, f"gdlint {ours.failure}", theirs)
        elif bool(ours.errors) != bool(theirs.errors):
            self.report(unit, mutant, f"gdlint: {ours.errors[0] if ours.errors else 'no error'}", theirs)
        else:
            self.agreed += 1
            if theirs.errors:
                self.rejected += 1
                same = first_error(ours.errors) == first_error(theirs.errors)
                self.same_line += same
                if not same:
                    self.report_line(unit, mutant, ours, theirs)

    def report(self, unit, mutant, ours, theirs):
        their = f"go/types: {theirs.errors[0] if theirs.errors else 'no error'}"
        self.different.append(unit.name)
        self.show(f"mutant{len(self.different):04}.go", unit, mutant, ours, their)

    def report_line(self, unit, mutant, ours, theirs):
        """Both reject it, for reasons on different lines."""
        first = [min(one.errors, key=lambda error: (os.path.basename(error.file), error.line)) for one in (ours, theirs)]
        name = f"line{self.rejected - self.same_line:04}.go"
        self.show(name, unit, mutant, f"gdlint: {first[0]}", f"go/types: {first[1]}")

    def show(self, name, unit, mutant, ours, theirs):
        print(f"  {unit.name}: {ours}; {theirs}")
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            note = f"// {unit.name}\n// {ours}\n// {theirs}\n".replace("\n\t", " ").encode()
            (self.keep / name).write_bytes(note + mutant)


def run_batch(command, oracle, originals, chance, size, tally, timeout):
    with tempfile.TemporaryDirectory() as folder:
        units, mutants = [], []
        for number in range(size):
            source = chance.choice(originals)
            mutant = mutate(source, chance)
            path = pathlib.Path(folder) / f"m{number}" / os.path.basename(source.path)
            path.parent.mkdir()
            path.write_bytes(mutant)
            unit = error_tests.testdata_unit(f"{source.path} #{number}", [str(path)])
            unit.files += source.others
            units.append(unit)
            mutants.append(mutant)
        files = [unit.files[0] for unit in units]
        parsed = compare.verdicts(compare.dump([str(oracle), "parse"], files))
        taken = [number for number, unit in enumerate(units) if parsed.get(unit.files[0]) == "ok"]
        tally.syntax += size - len(taken)
        theirs = type_errors.ask_go_types(oracle, [units[number] for number in taken])
        ours = type_errors.ask_command(command, [units[number] for number in taken], timeout)
        for number, our, their in zip(taken, ours, theirs):
            tally.take(units[number], mutants[number], our, their)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdlint", required=True, type=pathlib.Path, help="the program under test")
    parser.add_argument("--oracle", type=pathlib.Path, help="an oracle that is built already")
    parser.add_argument("--count", type=int, default=500, help="how many mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, help="put mutants with different verdicts there", metavar="DIR")
    parser.add_argument("--timeout", type=float, default=20, help="seconds that one mutant may take")
    parser.add_argument("paths", nargs="*", metavar="FILE|FOLDER")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        oracle = arguments.oracle.resolve() if arguments.oracle else toolchain.build_oracle(folder)
        goroot = toolchain.goroot()
        paths = arguments.paths or [
            str(toolchain.REPOSITORY / "tests/golden/types"),
            *(str(goroot / "src" / package) for package in PACKAGES),
        ]
        originals = sources(oracle, paths)
        chance = random.Random(arguments.seed)
        tally = Tally(arguments.keep)
        command = type_errors.gdlint_command(arguments.gdlint.resolve())
        for begin in range(0, arguments.count, BATCH):
            size = min(BATCH, arguments.count - begin)
            run_batch(command, oracle, originals, chance, size, tally, arguments.timeout)
    total = tally.agreed + len(tally.different)
    print(
        f"{arguments.count} mutants of {len(originals)} files, {tally.syntax} with a syntax error; of {total} the verdicts agree on "
        f"{tally.agreed}; {tally.rejected} rejected by both, the first error on the same line in {tally.same_line}"
    )
    print(f"{tally.agreed} passed, {len(tally.different)} failed")
    return 1 if tally.different or not tally.agreed else 0


if __name__ == "__main__":
    sys.exit(main())
