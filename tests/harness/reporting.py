"""Runs the unittest cases of a script and reports them as `./dev test` counts them."""

import sys
import unittest


def _case(test):
    return getattr(test, "test_case", test).id()


def main():
    """unittest.main() that ends standard output with `N passed, N failed`."""
    run = unittest.main(module="__main__", exit=False).result
    # A test with several failing subtests is one case.
    bad = {_case(test) for test, _ in run.failures + run.errors}
    failed = len(bad) + len(run.unexpectedSuccesses)
    passed = max(0, run.testsRun - failed - len(run.skipped))
    sys.stderr.flush()
    for test, reason in run.skipped:
        print(f"skipped {test}: {reason}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or run.testsRun == 0 else 0)
