"""Runs the unittest cases of a script and reports them as `./dev test` counts them."""

import sys
import unittest


def main():
    """unittest.main() that ends standard output with `N passed, N failed`."""
    run = unittest.main(module="__main__", exit=False).result
    failed = len(run.failures) + len(run.errors) + len(run.unexpectedSuccesses)
    passed = run.testsRun - failed - len(run.skipped)
    sys.stderr.flush()
    for test, reason in run.skipped:
        print(f"skipped {test}: {reason}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or run.testsRun == 0 else 0)
