#!/usr/bin/env python3
"""Holds gdlint's type checker against the facts recorded in tests/golden. Needs no Go.

  tests/oracle/check_types.py --gdlint build/gdlint

The last line is `N passed, N failed`: a package counts for its facts, an ill-typed file for
the lines of its errors.
"""

import argparse
import pathlib
import sys

import compare
import golden
import golden_types


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdlint", required=True, type=pathlib.Path, help="the program under test")
    gdlint = str(parser.parse_args().gdlint.resolve())
    tally = golden.Tally()
    for check in (golden_types.check_facts, golden_types.check_errors):
        try:
            check(gdlint, tally)
        except compare.DumpFailed as failure:
            tally.check(False, str(failure))
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
