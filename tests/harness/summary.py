#!/usr/bin/env python3
"""Adds up what test programs reported: `summary.py TESTLOG.json...`.

Reads meson's logs, prints a line for each test and the output of each that failed or compares with Go, and
ends with `N passed, N failed`. Exits with 1 if anything failed.

A program reports cases by doctest's summary or by `N passed, N failed` on its last line.
One that reports none counts as one case. One that ends badly but reports no failed case
(it crashed, or ran out of time) counts as one more failed case: no test is lost.
"""

import json
import re
import sys

DOCTEST = re.compile(
    r"^\[doctest\] test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed", re.MULTILINE
)
PLAIN = re.compile(r"^(\d+) passed, (\d+) failed$")
# The last lines of a failed test's output that are shown.
SHOWN_LINES = 200


def counts(stdout, result):
    """The cases (passed, failed) of one test program."""
    lines = stdout.strip().splitlines()
    found = DOCTEST.findall(stdout)
    plain = PLAIN.match(lines[-1]) if lines else None
    if found:
        passed, failed = map(int, found[-1])
    elif plain:
        passed, failed = map(int, plain.groups())
    else:
        passed, failed = (1, 0) if result == "OK" else (0, 0)
    if result != "OK" and failed == 0:
        failed = 1
    return passed, failed


def show(test, passed, failed):
    """Prints one test: a line, and its output if it failed or is a comparison with Go.

    What a comparison counted and missed is worth reading even if it met its bars.
    """
    ok = failed == 0
    print(
        f"{'ok  ' if ok else 'FAIL'} {test['name']:<32} "
        f"{passed:>6} passed {failed:>4} failed {test.get('duration', 0):8.1f} s"
    )
    if ok and ":oracle /" not in test["name"]:
        return
    if not ok:
        print(f"     {test['result']}: {' '.join(test.get('command', []))}")
    output = (test.get("stdout", "") + "\n" + test.get("stderr", "")).strip()
    lines = output.splitlines()
    if len(lines) > SHOWN_LINES:
        print(f"     ({len(lines) - SHOWN_LINES} lines left out)")
    for line in lines[-SHOWN_LINES:]:
        print("     " + line)


def tests_of(paths):
    """The tests in meson's logs, one JSON object a line."""
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as log:
            for line in log:
                if line.strip():
                    yield json.loads(line)


def main(paths):
    passed = failed = 0
    for test in tests_of(paths):
        if test["result"] == "SKIP":
            print(f"skip {test['name']}: {test.get('stdout', '').strip()}")
            continue
        one_passed, one_failed = counts(test.get("stdout", ""), test["result"])
        show(test, one_passed, one_failed)
        passed += one_passed
        failed += one_failed
    if passed + failed == 0:
        print("no test was run")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
