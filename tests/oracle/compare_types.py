#!/usr/bin/env python3
"""Compares `gdlint debug types` with go/types, package by package.

  tests/oracle/compare_types.py --gdlint build/gdlint [--dir MODULE] [--tests] PACKAGE...

PACKAGE is a pattern of the go command, such as `std`, `cmd` or `./...`. The packages are taken
in batches; of each batch gdlint prints its blocks as docs/debugging.md says, and the oracle
writes a file for each package. A package's lines are compared as a multiset.

Also counted are false type errors: those that gdlint prints to standard error, as
`PATH:LINE:COL: message`, for packages in which go/types finds none. A batch that gdlint does not
get through is halved until the packages that it fails on are alone.

The last line is `N passed, N failed`, each package counting once.
"""

import argparse
import collections
import dataclasses
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import toolchain

KINDS = ("expr", "def", "use", "inst")
# What must be identical, in per cent of all lines.
BAR = 99.99

# Large enough that a closure is not loaded too often, small enough for the oracle's memory.
BATCH_BYTES = 16_000_000
BATCH_PACKAGES = 300

ERROR = re.compile(r"^(.+?\.go):(\d+):(\d+): (.*)$")


@dataclasses.dataclass
class Listed:
    """One package as the go command lists it."""

    name: str
    tested: str
    folder: str
    size: int


@dataclasses.dataclass
class Counts:
    expected: int = 0
    identical: int = 0
    extra: int = 0

    def add(self, other):
        self.expected += other.expected
        self.identical += other.identical
        self.extra += other.extra

    @property
    def missing(self):
        return self.expected - self.identical

    @property
    def percentage(self):
        return 100 * self.identical / self.expected if self.expected else 100.0


@dataclasses.dataclass
class PackageResult:
    name: str
    counts: dict
    missing: list
    extra: list

    @property
    def same(self):
        return not self.missing and not self.extra


@dataclasses.dataclass
class Summary:
    title: str
    counts: dict = dataclasses.field(default_factory=lambda: {kind: Counts() for kind in KINDS})
    packages: int = 0
    same_packages: int = 0
    rejected: list = dataclasses.field(default_factory=list)
    differing: list = dataclasses.field(default_factory=list)
    false_errors: dict = dataclasses.field(default_factory=lambda: collections.defaultdict(list))
    failures: list = dataclasses.field(default_factory=list)

    def add(self, result):
        self.packages += 1
        self.same_packages += result.same
        for kind, counts in result.counts.items():
            self.counts[kind].add(counts)

    @property
    def total(self):
        total = Counts()
        for counts in self.counts.values():
            total.add(counts)
        return total

    @property
    def passed(self):
        total = self.total
        return (
            total.expected > 0
            and total.percentage >= BAR
            and 100 * total.extra / total.expected <= 100 - BAR
            and not self.false_errors
            and not self.failures
        )

    def as_json(self):
        def figures(counts):
            return {
                "lines": counts.expected,
                "identical": counts.identical,
                "missing": counts.missing,
                "extra": counts.extra,
                "percentage": counts.percentage,
            }

        return {
            "title": self.title,
            "packages": self.packages,
            "same_packages": self.same_packages,
            "total": figures(self.total),
            **{kind: figures(counts) for kind, counts in self.counts.items()},
            "differing_packages": {name: count for name, count in self.differing},
            "packages_with_errors": self.rejected,
            "false_errors": self.false_errors,
            "failures": self.failures,
        }


def list_packages(oracle, options, patterns):
    command = [str(oracle), "types", "-list", *options.oracle_flags(), *patterns]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    packages = []
    for row in output.splitlines():
        name, tested, folder, size = row.split("\t")
        packages.append(Listed(name, tested, folder, int(size)))
    return packages


def batches(packages):
    """Runs of packages; a package's test variants stay with it."""
    by_tested = {}
    for package in packages:
        by_tested.setdefault(package.tested, []).append(package)
    batch, size = [], 0
    for group in by_tested.values():
        weight = sum(package.size for package in group)
        if batch and (size + weight > BATCH_BYTES or len(batch) >= BATCH_PACKAGES):
            yield batch
            batch, size = [], 0
        batch += group
        size += weight
    if batch:
        yield batch


def tested_names(batch):
    return list(dict.fromkeys(package.tested for package in batch))


def oracle_blocks(oracle, options, batch, folder):
    """For each package of a batch the file with its lines, and how many errors it has."""
    command = [str(oracle), "types", "-out", folder, *options.oracle_flags(), *tested_names(batch)]
    output = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout
    blocks = {}
    for row in output.splitlines():
        name, path, errors = row.split("\t")
        blocks[name] = path, int(errors)
    return blocks


def kind_of(line):
    return line.partition(b"\t")[0].decode(errors="replace")


def compare_block(name, ours, theirs):
    """Compares the lines of one package; both are texts."""
    counts = collections.defaultdict(Counts, {kind: Counts() for kind in KINDS})
    if ours == theirs:
        lines = collections.Counter(map(kind_of, theirs.splitlines()))
        for kind, count in lines.items():
            counts[kind].expected = counts[kind].identical = count
        return PackageResult(name, counts, [], [])
    our_lines = collections.Counter(ours.split(b"\n"))
    their_lines = collections.Counter(theirs.split(b"\n"))
    # What follows the last newline.
    del our_lines[b""], their_lines[b""]
    for line, count in their_lines.items():
        counts[kind_of(line)].expected += count
        counts[kind_of(line)].identical += min(count, our_lines[line])
    missing, extra = their_lines - our_lines, our_lines - their_lines
    for line, count in extra.items():
        counts[kind_of(line)].extra += count
    # A line of no kind counts as of the first one.
    for kind in [kind for kind in counts if kind not in KINDS]:
        counts[KINDS[0]].add(counts.pop(kind))
    result = PackageResult(name, counts, sorted(missing.elements()), sorted(extra.elements()))
    if result.same:
        # The same lines in another order: the format says that they are sorted.
        counts[KINDS[0]].extra += 1
        result.extra.append(b"(the same lines, but not sorted bytewise)")
    return result


def stream_blocks(stream, only_name):
    """Yields each block's name and text. Without a `# ` line it is that of the only package."""
    name, lines = None, []
    for line in stream:
        if line.startswith(b"# "):
            if name is not None:
                yield name, b"".join(lines)
            name, lines = line[2:].rstrip(b"\n").decode(errors="replace"), []
        else:
            if name is None:
                name = only_name
            lines.append(line)
    if name is not None:
        yield name, b"".join(lines)


class Comparison:
    def __init__(self, gdlint, oracle, options, title):
        self.gdlint = gdlint
        self.oracle = oracle
        self.options = options
        self.summary = Summary(title)
        self.shown = 0

    def run(self, patterns):
        packages = list_packages(self.oracle, self.options, patterns)
        if self.options.package:
            packages = [package for package in packages if package.tested in self.options.package]
        for batch in batches(packages):
            with tempfile.TemporaryDirectory() as folder:
                blocks = oracle_blocks(self.oracle, self.options, batch, folder)
                self.summary.rejected += sorted(name for name, (_, errors) in blocks.items() if errors)
                self.compare_batch(batch, blocks)
        return self.summary

    def compare_batch(self, batch, blocks):
        """Compares a batch and, if gdlint fails on it, each half again."""
        command = [str(self.gdlint), "debug", "types", *self.options.gdlint_flags(), *tested_names(batch)]
        only_name = batch[0].name if len(batch) == 1 else tested_names(batch)[0]
        results = []
        with tempfile.TemporaryFile() as complaints:
            process = subprocess.Popen(
                command, cwd=self.options.dir, env=self.options.environment(), stdout=subprocess.PIPE, stderr=complaints
            )
            unknown = []
            for name, ours in stream_blocks(process.stdout, only_name):
                if name not in blocks:
                    unknown.append(name)
                    continue
                with gzip.open(blocks[name][0]) as file:
                    results.append(compare_block(name, ours, file.read()))
            code = process.wait()
            complaints.seek(0)
            messages = complaints.read().decode(errors="replace").splitlines()
        # As with every dump: 1 says that there were errors, 3 that something was left out.
        if code not in (0, 1, 3):
            self.after_failure(batch, blocks, code, messages)
            return
        found = {result.name for result in results}
        for package in batch:
            if package.name not in found:
                results.append(self.nothing_printed(package, blocks))
        for name in unknown:
            self.summary.failures.append(f"{name}: gdlint prints it, the go command does not list it")
        for result in results:
            self.take(result)
        self.count_false_errors(batch, blocks, messages)

    def nothing_printed(self, package, blocks):
        with gzip.open(blocks[package.name][0]) as file:
            return compare_block(package.name, b"", file.read())

    def after_failure(self, batch, blocks, code, messages):
        tested = tested_names(batch)
        if len(tested) == 1:
            reason = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
            last = next((message for message in reversed(messages) if message), "")
            self.summary.failures.append(f"{tested[0]}: {reason}: {last[:300]}")
            for package in batch:
                self.take(self.nothing_printed(package, blocks), show=False)
            return
        first_half = set(tested[: len(tested) // 2])
        self.compare_batch([package for package in batch if package.tested in first_half], blocks)
        self.compare_batch([package for package in batch if package.tested not in first_half], blocks)

    def take(self, result, show=True):
        self.summary.add(result)
        if result.same:
            return
        self.summary.differing.append((result.name, len(result.missing) + len(result.extra)))
        if not show:
            return
        rows = [(line, b"-") for line in result.missing] + [(line, b"+") for line in result.extra]
        # A line beside the one that stands in its place.
        rows.sort(key=lambda row: (row[0].split(b"\t")[:2], row[1] == b"+"))
        shown = rows[: max(0, self.options.limit - self.shown)]
        if shown:
            print(f"{result.name}: {len(result.missing)} missing (-), {len(result.extra)} extra (+)")
        for line, sign in shown:
            print(f"  {sign.decode()} {line.decode(errors='replace')[:self.options.width]}")
        self.shown += len(shown)

    def count_false_errors(self, batch, blocks, messages):
        rejected_folders = {
            os.path.realpath(package.folder) for package in batch if blocks[package.name][1] > 0
        }
        folders = {os.path.realpath(package.folder): package.tested for package in batch}
        here = self.options.dir or os.getcwd()
        for message in messages:
            match = ERROR.match(message)
            if not match:
                continue
            folder = os.path.realpath(os.path.dirname(os.path.join(here, match[1])))
            if folder not in rejected_folders:
                self.summary.false_errors[folders.get(folder, folder)].append(message)


def report(summary, limit):
    total = summary.total
    print(f"types of {summary.title}: {summary.packages} packages, {summary.same_packages} without a difference")
    print(f"  {'':6}{'lines':>12}{'identical':>12}{'missing':>10}{'extra':>10}")
    for kind, counts in [*summary.counts.items(), ("all", total)]:
        print(
            f"  {kind:6}{counts.expected:>12}{counts.identical:>12}{counts.missing:>10}{counts.extra:>10}"
            f"   {counts.percentage:.4f} %"
        )
    if summary.differing:
        worst = sorted(summary.differing, key=lambda row: -row[1])[:10]
        print("  most differences: " + ", ".join(f"{name} {count}" for name, count in worst))
    if summary.rejected:
        print(f"  go/types itself finds errors in {len(summary.rejected)} packages: {', '.join(summary.rejected[:8])}")
    errors = sum(map(len, summary.false_errors.values()))
    print(f"  {errors} false type errors in {len(summary.false_errors)} packages")
    for name, messages in list(summary.false_errors.items())[:limit]:
        print(f"    {name}: {len(messages)}; {messages[0]}")
    for failure in summary.failures:
        print(f"  {failure}")


@dataclasses.dataclass
class Options:
    dir: str = None
    tests: bool = False
    cgo: bool = False
    package: tuple = ()
    limit: int = 40
    width: int = 400

    def oracle_flags(self):
        flags = ["-dir", str(self.dir)] if self.dir else []
        return flags + ["-tests"] * self.tests + ["-cgo"] * self.cgo

    def gdlint_flags(self):
        return ["--tests"] * self.tests

    def environment(self):
        return dict(os.environ, CGO_ENABLED="1" if self.cgo else "0")


def compare(gdlint, oracle, options, patterns):
    """Compares and prints. Returns what was found."""
    place = f" in {options.dir}" if options.dir else ""
    variants = " with tests" if options.tests else ""
    comparison = Comparison(gdlint, oracle, options, " ".join(patterns) + place + variants)
    summary = comparison.run(patterns)
    report(summary, options.limit)
    sys.stdout.flush()
    return summary


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdlint", required=True, type=pathlib.Path, help="the program under test")
    parser.add_argument("--oracle", type=pathlib.Path, help="an oracle that is built already")
    parser.add_argument("--dir", help="work in this folder", metavar="DIR")
    parser.add_argument("--tests", action="store_true", help="test variants too")
    parser.add_argument("--cgo", action="store_true", help="with CGO_ENABLED=1")
    parser.add_argument("--package", action="append", default=[], help="of what matches, only this package")
    parser.add_argument("--limit", type=int, default=40, help="how many differing lines are shown")
    parser.add_argument("--width", type=int, default=400, help="how much of a differing line is shown")
    parser.add_argument("--summary-json", type=pathlib.Path, help="write the figures to this file", metavar="FILE")
    parser.add_argument("patterns", nargs="+", metavar="PACKAGE")
    arguments = parser.parse_args()
    options = Options(
        os.path.abspath(arguments.dir) if arguments.dir else None,
        arguments.tests,
        arguments.cgo,
        tuple(arguments.package),
        arguments.limit,
        arguments.width,
    )
    with tempfile.TemporaryDirectory() as folder:
        oracle = arguments.oracle.resolve() if arguments.oracle else toolchain.build_oracle(folder)
        summary = compare(arguments.gdlint.resolve(), oracle, options, arguments.patterns)
    if arguments.summary_json:
        arguments.summary_json.write_text(json.dumps(summary.as_json(), indent=2) + "\n")
    print(f"{summary.same_packages} passed, {summary.packages - summary.same_packages} failed")
    return 0 if summary.passed else 1


if __name__ == "__main__":
    sys.exit(main())
