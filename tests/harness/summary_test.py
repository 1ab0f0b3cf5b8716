#!/usr/bin/env python3
"""Tests of summary.py: no failure may be lost on the way to the last line."""

import contextlib
import io
import json
import tempfile
import unittest

import reporting
import summary

DOCTEST_OK = """[doctest] doctest version is "2.4.9"
[doctest] test cases:  31 |  31 passed | 0 failed | 0 skipped
[doctest] assertions: 1127 | 1127 passed | 0 failed |
[doctest] Status: SUCCESS!
"""
DOCTEST_BAD = DOCTEST_OK.replace("31 passed | 0 failed | 0", "29 passed | 2 failed | 0")


def run(*tests):
    """What summary.main returns and prints for (name, result, stdout) triples."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
        for name, result, stdout in tests:
            log.write(json.dumps({"name": name, "result": result, "stdout": stdout}))
            log.write("\n")
        log.flush()
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = summary.main([log.name])
    return status, printed.getvalue().splitlines()


class Counts(unittest.TestCase):
    def test_doctest(self):
        self.assertEqual(summary.counts(DOCTEST_OK, "OK"), (31, 0))
        self.assertEqual(summary.counts(DOCTEST_BAD, "FAIL"), (29, 2))

    def test_plain(self):
        self.assertEqual(summary.counts("a\n7 passed, 0 failed\n", "OK"), (7, 0))
        self.assertEqual(summary.counts("7 passed, 3 failed", "FAIL"), (7, 3))

    def test_plain_counts_only_on_the_last_line(self):
        self.assertEqual(summary.counts("7 passed, 0 failed\nmore", "OK"), (1, 0))

    def test_no_report(self):
        self.assertEqual(summary.counts("", "OK"), (1, 0))
        self.assertEqual(summary.counts("", "FAIL"), (0, 1))

    def test_bad_end_after_a_good_report(self):
        self.assertEqual(summary.counts(DOCTEST_OK, "FAIL"), (31, 1))
        self.assertEqual(summary.counts("7 passed, 0 failed", "TIMEOUT"), (7, 1))

    def test_crash_before_any_report(self):
        self.assertEqual(summary.counts("[doctest] options", "ERROR"), (0, 1))


class Main(unittest.TestCase):
    def test_sums_and_ends_with_the_sum(self):
        status, lines = run(("a", "OK", DOCTEST_OK), ("b", "OK", ""), ("c", "OK", ""))
        self.assertEqual((status, lines[-1]), (0, "33 passed, 0 failed"))

    def test_one_failure_fails_all_and_shows_its_output(self):
        status, lines = run(("a", "OK", ""), ("b", "FAIL", "want 1\ngot 2"))
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))
        self.assertIn("     got 2", lines)

    def test_a_reported_failure_fails_even_if_the_program_ended_well(self):
        status, lines = run(("a", "OK", "3 passed, 1 failed"))
        self.assertEqual((status, lines[-1]), (1, "3 passed, 1 failed"))

    def test_nothing_run_is_a_failure(self):
        status, lines = run()
        self.assertEqual((status, lines[-1]), (1, "0 passed, 1 failed"))

    def test_skipped_tests_are_named_and_not_counted(self):
        status, lines = run(("a", "OK", ""), ("b", "SKIP", "no go command"))
        self.assertEqual((status, lines[-1]), (0, "1 passed, 0 failed"))
        self.assertIn("skip b: no go command", lines)


if __name__ == "__main__":
    reporting.main()
