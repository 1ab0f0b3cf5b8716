#!/usr/bin/env python3
"""Measures gdlint's syntax errors on the files that test the gc compiler's.

  tests/oracle/syntax_errors.py --gdlint build/gdlint

Two groups of files, both of the Go tree that is installed:

- `syntax`: the test files of cmd/compile/internal/syntax, whose `/* ERROR rx */` comments
  are all expectations.
- `errorcheck`: the files of GOROOT/test whose first line is `// errorcheck`. An expectation is a line on
  which gc's own syntax phase, run here, reports an error that an `// ERROR "rx"` comment wants (on
  that line, or on the one that a `//line` directive makes of it). Files without any are left out, unless they
  are in test/syntax.

Counted are expectations with one of our errors on their line, and files in which each of
our errors is on a line with an expectation or an `ERROR` comment. Messages are not compared.
"""

import argparse
import collections
import dataclasses
import pathlib
import re
import sys
import tempfile

import compare
import toolchain

# The bars of the project's first milestone, in per cent.
EXPECTATIONS_BAR = 95
FILES_BAR = 98

# A comment in a comment switches an expectation off; so says Go's test runner.
WANTED = re.compile(rb"// (?:GC_)?ERROR(?:AUTO)? ")
SWITCHED_OFF = re.compile(rb"////")


@dataclasses.dataclass
class Expectations:
    """Of each file of a group, the lines that must have an error and those that may."""

    name: str
    lines: dict
    allowed: dict


def gc_facts(program, files):
    """For each file the lines of gc's errors, with the lines it states, and those of its `ERROR` comments."""
    errors, expected = collections.defaultdict(set), collections.defaultdict(set)
    for row in compare.dump([str(program)], files).decode(errors="replace").splitlines():
        path, kind, line, *stated = row.split("\t")
        if kind == "error":
            errors[path].add((int(line), int(stated[0])))
        else:
            expected[path].add(int(line))
    return errors, expected


def compiler_tests(goroot, program):
    files = toolchain.source_files(goroot / "src/cmd/compile/internal/syntax/testdata")
    _, expected = gc_facts(program, files)
    lines = {path: expected[path] for path in files}
    return Expectations("syntax", lines, lines)


def wanted_lines(path):
    text = pathlib.Path(path).read_bytes()
    return {
        number
        for number, line in enumerate(text.split(b"\n"), 1)
        if WANTED.search(line) and not SWITCHED_OFF.search(line)
    }


def is_errorcheck(path):
    with open(path, "rb") as file:
        return file.readline().startswith(b"// errorcheck")


def errorcheck_tests(goroot, program):
    files = [path for path in toolchain.source_files(goroot / "test") if is_errorcheck(path)]
    errors, _ = gc_facts(program, files)
    lines, allowed = {}, {}
    for path in files:
        wanted = wanted_lines(path)
        expected = {line for line, stated in errors[path] if stated in wanted}
        if expected or pathlib.Path(path).parent == goroot / "test/syntax":
            lines[path] = expected
            allowed[path] = expected | wanted
    return Expectations("errorcheck", lines, allowed)


def our_errors(gdlint, files, late):
    """For each file the lines of our errors with their text."""
    found = collections.defaultdict(dict)
    command = [str(gdlint), "debug", "parse", *(["--late"] if late else [])]
    for row in compare.dump(command, files).decode(errors="replace").splitlines():
        path, _, verdict = row.partition("\t")
        if verdict != "ok":
            found[path].setdefault(int(verdict.partition(":")[0]), verdict)
    return found


def percent(part, whole):
    return 100 * part / whole if whole else 0.0


def measure_group(gdlint, group, goroot, late):
    """Prints the figures, and with `late` every miss. Returns for each bar whether it is met."""
    found = our_errors(gdlint, list(group.lines), late)
    expected = reached = quiet = 0
    misses = []
    for path, lines in group.lines.items():
        name = pathlib.Path(path).relative_to(goroot)
        ours = found[path]
        expected += len(lines)
        reached += len(lines & ours.keys())
        misses += [f"{name}:{line}: expected, not reported" for line in sorted(lines - ours.keys())]
        extra = sorted(ours.keys() - group.allowed[path])
        quiet += not extra
        misses += [f"{name}:{ours[line]} (not expected)" for line in extra]
    phases = "parser and late errors" if late else "parser alone"
    print(
        f"syntax errors, {group.name}, {phases}: {reached} of {expected} expectations ({percent(reached, expected):.1f} %), "
        f"{quiet} of {len(group.lines)} files without a stray error ({percent(quiet, len(group.lines)):.1f} %)"
    )
    if late:
        for miss in misses:
            print(f"  {miss}")
    return [percent(reached, expected) >= EXPECTATIONS_BAR, percent(quiet, len(group.lines)) >= FILES_BAR]


def measure(gdlint, goroot, folder):
    """Measures both groups. Returns for each bar whether it is met."""
    program = toolchain.build_gc_syntax(folder)
    outcomes = []
    for group in (compiler_tests(goroot, program), errorcheck_tests(goroot, program)):
        try:
            measure_group(gdlint, group, goroot, late=False)
            outcomes += measure_group(gdlint, group, goroot, late=True)
        except compare.DumpFailed as failure:
            print(failure)
            outcomes += [False, False]
    return outcomes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdlint", required=True, type=pathlib.Path, help="the program under test")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcomes = measure(arguments.gdlint.resolve(), toolchain.goroot(), folder)
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed")
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
