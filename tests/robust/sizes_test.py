#!/usr/bin/env python3
"""Files of 50 to 100 MB, in one line, one comment, one name: linear time and memory.

Dense code takes thirty times its size (eight bytes a token, twenty a node, twice while
a tree is frozen), so that is tried with less.
"""

import unittest

import hostile
import reporting

MILLION = 1_000_000
# A file of 100 MB is read, lexed and parsed at some 100 MB a second.
SECONDS = 6


def repeated(before, text, times, after):
    yield before
    step = max(1, MILLION // len(text))
    for _ in range(times // step):
        yield text * step
    yield after


class Sizes(hostile.HostileTest):
    def check_accepted(self, megabytes, *parts):
        self.write("big.go", repeated(*parts))
        # At most three times the file, and what any run takes.
        self.assert_accepted("big.go", seconds=SECONDS, megabytes=3 * megabytes + 64)

    def test_a_comment_of_100_mb(self):
        self.check_accepted(100, "package p\n\n/*", "x", 100 * MILLION, "*/\n")

    def test_a_line_comment_of_100_mb(self):
        self.check_accepted(100, "package p\n\n//", "x", 100 * MILLION, "\n")

    def test_a_name_of_50_mb(self):
        self.check_accepted(50, "package p\n\nvar ", "x", 50 * MILLION, " int\n")

    def test_a_raw_string_of_100_mb(self):
        self.check_accepted(100, "package p\n\nvar x = `", "x\n", 50 * MILLION, "`\n")

    def test_white_space_of_100_mb(self):
        self.check_accepted(100, "package p\n\n", "\n", 100 * MILLION, "")

    def test_many_comments(self):
        self.check_accepted(100, "package p\n\n", "// as long as such a comment is\n", 3 * MILLION, "")

    def test_a_string_of_50_mb_that_does_not_end(self):
        self.write("bad.go", repeated("package p\n\nvar x = \"", "x", 50 * MILLION, "\n"))
        self.assert_rejected(
            "bad.go", r"3:\d+", seconds=SECONDS, megabytes=3 * 50 + 64
        )

    def test_an_error_in_a_line_of_20_mb(self):
        self.write("bad.go", repeated("package p; var x = = ", "x+", 10 * MILLION, "x\n"))
        run = self.assert_rejected("bad.go", "1:20", seconds=SECONDS)
        # The line itself is not printed.
        self.assertLess(len(run.stdout) + len(run.stderr), 10_000)

    def test_code_in_one_line_of_10_mb(self):
        self.write(
            "big.go", repeated("package p; func f() {", "x(1);", 2 * MILLION, "}\n")
        )
        self.assert_accepted("big.go", seconds=SECONDS)

    def test_a_file_over_the_limit_is_named(self):
        self.write("big.go", repeated("package p\n\n//", "x", 2 * MILLION, "\n"))
        run = self.lint("--max-file-size", "1M", ".")
        self.assertRegex(run.text, r"big\.go: ")
        self.assertEqual(run.status, 3)


if __name__ == "__main__":
    reporting.main()
