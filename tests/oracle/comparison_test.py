#!/usr/bin/env python3
"""Tests of the comparisons themselves: a measure that misses differences is worth nothing."""

import io
import random
import unittest

import compare_types
import error_tests
import mutate_types
import reporting
import type_errors

EXPR = b"expr\tp/a.go:1:2-1:3\tvalue\tint\t-\n"
USE = b"use\tp/a.go:1:2\tvar\tx\tp/a.go:1:1\n"


class Blocks(unittest.TestCase):
    def compare(self, ours, theirs):
        return compare_types.compare_block("p", ours, theirs)

    def test_equal(self):
        result = self.compare(EXPR + USE, EXPR + USE)
        self.assertTrue(result.same)
        self.assertEqual(result.counts["expr"].expected, 1)
        self.assertEqual(result.counts["use"].identical, 1)

    def test_a_changed_line_is_missing_and_extra(self):
        result = self.compare(EXPR.replace(b"int", b"uint") + USE, EXPR + USE)
        self.assertEqual((len(result.missing), len(result.extra)), (1, 1))
        self.assertEqual((result.counts["expr"].missing, result.counts["expr"].extra), (1, 1))
        self.assertEqual(result.counts["use"].missing, 0)

    def test_lines_are_counted(self):
        self.assertEqual(len(self.compare(EXPR, EXPR + EXPR).missing), 1)
        self.assertEqual(len(self.compare(EXPR + EXPR, EXPR).extra), 1)

    def test_order_matters(self):
        self.assertFalse(self.compare(USE + EXPR, EXPR + USE).same)

    def test_nothing_is_no_answer(self):
        self.assertEqual(len(self.compare(b"", EXPR + USE).missing), 2)

    def test_rubbish_is_extra(self):
        result = self.compare(EXPR + b"rubbish\n", EXPR)
        self.assertEqual(result.extra, [b"rubbish"])
        self.assertEqual(sum(counts.extra for counts in result.counts.values()), 1)

    def test_blocks_of_a_stream(self):
        text = b"# p\n" + EXPR + b"# q\n# p [p.test]\n" + USE
        blocks = list(compare_types.stream_blocks(io.BytesIO(text), "only"))
        self.assertEqual(blocks, [("p", EXPR), ("q", b""), ("p [p.test]", USE)])
        self.assertEqual(list(compare_types.stream_blocks(io.BytesIO(EXPR), "only")), [("only", EXPR)])

    def test_variants_stay_with_their_package(self):
        packages = [
            compare_types.Listed("p", "p", "/p", compare_types.BATCH_BYTES),
            compare_types.Listed("p [p.test]", "p", "/p", compare_types.BATCH_BYTES),
            compare_types.Listed("q", "q", "/q", 1),
        ]
        self.assertEqual([len(batch) for batch in compare_types.batches(packages)], [2, 1])


class Summary(unittest.TestCase):
    def passed(self, missing=0, extra=0, **changes):
        summary = compare_types.Summary("p", **changes)
        summary.counts["expr"] = compare_types.Counts(100_000, 100_000 - missing, extra)
        return summary.passed

    def test_bars(self):
        self.assertTrue(self.passed())
        self.assertTrue(self.passed(missing=10))
        self.assertFalse(self.passed(missing=11))
        self.assertFalse(self.passed(extra=11))
        self.assertFalse(self.passed(false_errors={"p": ["a.go:1:1: x"]}))
        self.assertFalse(self.passed(failures=["p: killed"]))
        self.assertFalse(compare_types.Summary("nothing").passed)


class Errors(unittest.TestCase):
    def score(self, expected, errors, strict=True, failure=""):
        unit = error_tests.Unit("u", ["/a.go"])
        unit.expected = [error_tests.Expectation("/a.go", *fields) for fields in expected]
        found = [type_errors.Error("/a.go", *fields) for fields in errors]
        return type_errors.score(unit, type_errors.Answer(found, failure), strict)

    def test_line_message_and_column(self):
        one = self.score([(1, 5, "undefined: x", False)], [(1, 5, "undefined: x")])
        self.assertEqual((one.by_line, one.by_message, one.by_column), ([True], [True], [True]))
        one = self.score([(1, 5, "undefined: x", False)], [(1, 50, "undefined: x")])
        self.assertEqual((one.by_line, one.by_message, one.by_column), ([True], [True], [False]))
        one = self.score([(1, 5, "^un.*y$", True)], [(1, 5, "undefined: x")])
        self.assertEqual((one.by_line, one.by_message), ([True], [False]))

    def test_an_error_serves_one_expectation(self):
        one = self.score([(1, 5, "a", False), (1, 9, "b", False)], [(1, 9, "b")])
        self.assertEqual(one.by_line, [False, True])
        self.assertEqual(one.by_message, [False, True])

    def test_the_best_pairing_is_found(self):
        one = self.score([(1, 5, "a", False), (1, 5, "ab", False)], [(1, 5, "ab"), (1, 5, "a")])
        self.assertEqual(one.by_message, [True, True])

    def test_unexpected(self):
        self.assertEqual(len(self.score([], [(1, 1, "x")]).unexpected), 1)
        two = [(1, 5, "a"), (1, 6, "b")]
        self.assertEqual(len(self.score([(1, 5, "a", False)], two).unexpected), 1)
        self.assertEqual(len(self.score([(1, 5, "a", False)], two, strict=False).unexpected), 0)

    def test_a_crash_meets_nothing(self):
        one = self.score([(1, 5, "a", False)], [(1, 5, "a")], failure="killed")
        self.assertEqual(one.by_line, [False])

    def test_messages_of_several_lines(self):
        errors = type_errors.parse_errors("/a.go:1:2: x\n\thave y\n\twant z\n/a.go:2:1: w\n")
        self.assertEqual([error.message for error in errors], ["x\n\thave y\n\twant z", "w"])


class Tests(unittest.TestCase):
    def test_recipes(self):
        self.assertEqual(error_tests.recipe("//go:build linux\n\n// errorcheck -0 -m\n"), ["errorcheck", "-0", "-m"])
        self.assertEqual(error_tests.without_timeout(["-t", "10", "-lang=go1.17", "x"]), ["-lang=go1.17"])

    def test_constraints(self):
        environment = {"GOOS": "linux", "GOARCH": "amd64"}
        for line, holds in (
            ("linux && amd64", True),
            ("!linux", False),
            ("windows || (gc && !arm64)", True),
            ("gccgo", False),
            ("go1.21", True),
        ):
            text = f"// x\n\n//go:build {line}\n\npackage p\n"
            self.assertEqual(error_tests.constraint_holds(text, environment), holds, line)


class Mutants(unittest.TestCase):
    def test_spans(self):
        text = b'package p // c\nvar s = "a // b"\n'
        rows = [b'1:1\tpackage\t"package"', b'1:9\tIDENT\t"p"', b'1:10\t;\t"\\n"', b'2:1\tvar\t"var"']
        rows += [b'2:5\tIDENT\t"s"', b'2:7\t=\t""', b'2:9\tSTRING\t"\\"a // b\\""', b'2:17\t;\t"\\n"']
        spans = mutate_types.token_spans(text, rows)
        self.assertEqual([text[a:b] for a, b, _ in spans], [b"package", b"p", b"var", b"s", b"=", b'"a // b"'])

    def test_the_rest_of_the_file_stays(self):
        text = b"a b c d"
        tokens = [(0, 1, "IDENT"), (2, 3, "IDENT"), (4, 5, "IDENT"), (6, 7, "IDENT")]
        source = mutate_types.Source("x.go", [], text, tokens)
        changed = 0
        for seed in range(50):
            mutant = mutate_types.mutate(source, random.Random(seed))
            self.assertLessEqual(set(mutant.split()), set(text.split()))
            changed += mutant != text
        self.assertGreater(changed, 30)


if __name__ == "__main__":
    reporting.main()
