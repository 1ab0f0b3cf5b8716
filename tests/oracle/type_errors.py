#!/usr/bin/env python3
"""Measures type errors on the files that test go/types and the gc compiler.

  tests/oracle/type_errors.py --gdlint build/gdlint [--misses] [--file PART]
  tests/oracle/type_errors.py --go-types

The command under test is `gdlint debug types --errors-only`, as docs/debugging.md has it; with --go-types it
is go/types itself, which shows what the measure is worth. error_tests.py says which files are taken.

Counted are expectations with an error on their line (an error serves one expectation), of
these the ones whose text matches the message too, and the ones whose column is near as well; and files
without an unexpected error. Unexpected is an error on a line without an expectation, and in testdata also one more
error than a line expects. Of errorcheck, the expectations that go/types meets are counted apart: what
other phases of the compiler report is no type error. Of testdata, 14 expectations are out of reach for a program
under test: ten are of `assert` and `trace`, which only go/types' own tests declare, and four need GODEBUG=gotypesalias=0.

The last line is `N passed, N failed`, counting the bars.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import error_tests
import toolchain
from syntax_errors import percent

# The bars of the project, in per cent.
BARS = {"testdata": (95, 95), "errorcheck": (90, 0)}
# How far off a column may be; the compiler's own test takes as many.
NEAR = 10
WORKERS = 2
ROW = re.compile(r"^(.+?):(\d+):(\d+): (.*)$")
# go/types' tests declare these; a program under test does not know them.
TEST_BUILTINS = re.compile(r"undefined: (assert|trace)\b")


@dataclasses.dataclass
class Error:
    file: str
    line: int
    column: int
    message: str

    def __str__(self):
        return f"{self.line}:{self.column}: {self.message}"


@dataclasses.dataclass
class Answer:
    errors: list
    # Why there is no answer, or empty.
    failure: str = ""


def parse_errors(text):
    errors = []
    for line in text.splitlines():
        if line.startswith("\t") and errors:
            errors[-1].message += "\n" + line
        elif match := ROW.match(line):
            if not TEST_BUILTINS.search(match[4]):
                errors.append(Error(os.path.abspath(match[1]), int(match[2]), int(match[3]), match[4]))
    return errors


def ask(command, unit, timeout):
    arguments = [*command, *unit.arguments(), *unit.files]
    try:
        result = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
    except subprocess.TimeoutExpired:
        return Answer([], f"no end after {timeout} s")
    errors = parse_errors(result.stdout.decode(errors="replace"))
    if result.returncode not in (0, 1, 3):
        last = result.stderr.decode(errors="replace").strip().splitlines()[-1:]
        return Answer(errors, f"ended with {result.returncode}: {''.join(last)}")
    return Answer(errors)


def ask_command(command, units, timeout):
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(lambda unit: ask(command, unit, timeout), units))


def ask_go_types(oracle, units):
    """All units in one process, which checks the standard library once."""
    requests = []
    for unit in units:
        options = [f"-gotypesalias={unit.aliases}"] if unit.aliases else []
        requests.append(json.dumps([*options, *unit.arguments(), *unit.files]) + "\n")
    command = [str(oracle), "types", "-errors-only", "-asserts", "-batch"]
    result = subprocess.run(command, input="".join(requests).encode(), stdout=subprocess.PIPE, check=True)
    answers = re.split(r"^#\n", result.stdout.decode(errors="replace"), flags=re.MULTILINE)
    return [Answer(parse_errors(text)) for text in answers[:-1]]


@dataclasses.dataclass
class Score:
    """What one answer is worth. The lists of flags are in the order of the expectations."""

    unit: error_tests.Unit
    by_line: list
    by_message: list
    by_column: list
    unexpected: list
    failure: str
    answer: Answer


def pair(expected, errors, fits):
    """Which expectations get an error of their own, at best."""
    partner = {}

    def find(index, seen):
        for candidate, error in enumerate(errors):
            if candidate not in seen and fits(expected[index], error):
                seen.add(candidate)
                if candidate not in partner or find(partner[candidate], seen):
                    partner[candidate] = index
                    return True
        return False

    for index in range(len(expected)):
        find(index, set())
    return set(partner.values()), set(partner)


def score(unit, answer, strict):
    places = collections.defaultdict(lambda: ([], []))
    for index, wanted in enumerate(unit.expected):
        places[wanted.file, wanted.line][0].append(index)
    for error in answer.errors:
        places[error.file, error.line][1].append(error)
    flags = {name: [False] * len(unit.expected) for name in ("line", "message", "column")}
    unexpected = []
    for indices, errors in places.values():
        expected = [unit.expected[index] for index in indices]

        def is_near(wanted, error):
            near = wanted.column is None or abs(wanted.column - error.column) <= NEAR
            return near and wanted.matches(error.message)

        met, served = pair(expected, errors, lambda wanted, error: wanted.matches(error.message))
        for place in met:
            flags["message"][indices[place]] = True
        for place in pair(expected, errors, is_near)[0]:
            flags["column"][indices[place]] = True
        # Those whose message matches count first.
        order = sorted(range(len(indices)), key=lambda place: place not in met)
        for place in order[: len(errors)]:
            flags["line"][indices[place]] = True
        spare = [error for number, error in enumerate(errors) if number not in served]
        if not indices:
            unexpected += errors
        elif strict and len(errors) > len(indices):
            unexpected += spare[: len(errors) - len(indices)]
    if answer.failure:
        flags = {name: [False] * len(unit.expected) for name in flags}
    return Score(unit, flags["line"], flags["message"], flags["column"], unexpected, answer.failure, answer)


def print_scores(group, scores, possible, misses):
    """Prints the figures and returns them: per cent by line, per cent of quiet files."""
    expected = sum(len(one.by_line) for one in scores)
    figures = [sum(map(sum, (getattr(one, name) for one in scores))) for name in ("by_line", "by_message", "by_column")]
    quiet = sum(not one.unexpected and not one.failure for one in scores)
    failed = sum(bool(one.failure) for one in scores)
    texts = [f"{figure} ({percent(figure, expected):.2f} %)" for figure in figures]
    print(f"type errors, {group}: {expected} expectations in {len(scores)} packages")
    print(f"  met by line {texts[0]}, with the message {texts[1]}, and near the column {texts[2]}")
    print(f"  {quiet} packages without an unexpected error ({percent(quiet, len(scores)):.2f} %); {failed} without an answer")
    by_line, bar_text = percent(figures[0], expected), ""
    if possible is not None:
        reachable = sum(map(sum, possible))
        both = sum(a and b for one, able in zip(scores, possible) for a, b in zip(one.by_line, able))
        by_line = percent(both, reachable)
        print(f"  of the {reachable} expectations that go/types meets by line: {both} ({by_line:.2f} %)")
    if misses:
        for number, one in enumerate(scores):
            print_misses(one, possible[number] if possible is not None else None)
    return by_line, percent(quiet, len(scores))


def print_misses(one, possible):
    rows = []
    for number, wanted in enumerate(one.unit.expected):
        place = f"{pathlib.Path(wanted.file).name}:{wanted.line}"
        if wanted.column is not None:
            place += f":{wanted.column}"
        note = " (go/types has none either)" if possible is not None and not possible[number] else ""
        if not one.by_line[number]:
            rows.append((wanted.file, wanted.line, f"missing  {place}: {wanted.pattern}{note}"))
        elif not one.by_message[number] or not one.by_column[number]:
            got = [str(error) for error in one.answer.errors if (error.file, error.line) == (wanted.file, wanted.line)]
            why = "column   " if one.by_message[number] else "message  "
            rows.append((wanted.file, wanted.line, f"{why}{place}: {wanted.pattern}\n      got {' | '.join(got)}"))
    for error in one.unexpected:
        rows.append((error.file, error.line, f"stray    {pathlib.Path(error.file).name}:{error}"))
    if rows or one.failure:
        print(f"  {one.unit.name}{' ' + ' '.join(one.unit.arguments()) if one.unit.language else ''}")
    if one.failure:
        print(f"    no answer: {one.failure}")
    for _, _, text in sorted(rows):
        print(f"    {text}")


def measure(command, oracle, goroot, folder, groups=tuple(BARS), part="", misses=False, timeout=20):
    """Measures each group, with go/types itself if there is no command. Returns whether each bar is met."""
    outcomes = []
    for group in groups:
        if group == "testdata":
            units = error_tests.testdata(goroot, oracle)
        else:
            units, left_out = error_tests.errorcheck(goroot, folder)
            print("errorcheck leaves out " + ", ".join(f"{count} ({why})" for why, count in sorted(left_out.items())))
        units = [unit for unit in units if part in unit.name]
        reference = None
        if command is None or group == "errorcheck":
            reference = ask_go_types(oracle, units)
        answers = reference if command is None else ask_command(command, units, timeout)
        strict = group == "testdata"
        scores = [score(unit, answer, strict) for unit, answer in zip(units, answers)]
        possible = None
        if command is not None and reference is not None:
            possible = [score(unit, answer, strict).by_line for unit, answer in zip(units, reference)]
        figures = print_scores(group, scores, possible, misses)
        outcomes += [figure >= bar for figure, bar in zip(figures, BARS[group]) if bar]
        sys.stdout.flush()
    return outcomes


def gdlint_command(gdlint):
    return [str(gdlint), "debug", "types", "--errors-only"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    program = parser.add_mutually_exclusive_group(required=True)
    program.add_argument("--gdlint", type=pathlib.Path, help="the program under test")
    program.add_argument("--command", help="any command with the same interface")
    program.add_argument("--go-types", action="store_true", help="go/types itself")
    parser.add_argument("--oracle", type=pathlib.Path, help="an oracle that is built already")
    parser.add_argument("--group", action="append", choices=list(BARS), help="only this group")
    parser.add_argument("--file", default="", help="only files with PART in their name; prints the misses", metavar="PART")
    parser.add_argument("--misses", action="store_true", help="print every expectation missed and every stray error")
    parser.add_argument("--timeout", type=float, default=20, help="seconds that one package may take")
    arguments = parser.parse_args()
    command = None
    if arguments.gdlint:
        command = gdlint_command(arguments.gdlint.resolve())
    elif arguments.command:
        command = shlex.split(arguments.command)
    with tempfile.TemporaryDirectory() as folder:
        oracle = arguments.oracle.resolve() if arguments.oracle else toolchain.build_oracle(folder)
        misses = arguments.misses or bool(arguments.file)
        outcomes = measure(
            command, oracle, toolchain.goroot(), folder, arguments.group or tuple(BARS), arguments.file, misses, arguments.timeout
        )
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed")
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
