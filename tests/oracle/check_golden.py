#!/usr/bin/env python3
"""Holds gdlint against the facts recorded in tests/golden. Needs no Go.

  tests/oracle/check_golden.py --gdlint build/gdlint

The last line is `N passed, N failed`, counting a file once for each of its facts.
"""

import argparse
import pathlib
import sys

import compare
import golden


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdlint", required=True, type=pathlib.Path, help="the program under test")
    gdlint = str(parser.parse_args().gdlint.resolve())
    tally = golden.Tally()
    try:
        for folder, stages in golden.WITH_DUMPS.items():
            for stage in stages:
                golden.check_dumps(gdlint, folder, stage, tally)
            golden.check_verdicts(gdlint, folder, tally)
        golden.check_verdicts(gdlint, golden.PROGRAMS, tally)
        golden.check_wants(gdlint, tally)
        golden.check_programs(gdlint, tally)
    except compare.DumpFailed as failure:
        tally.check(False, str(failure))
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
