#!/usr/bin/env python3
"""Tests of tools/check_includes.py, and the check of the tree itself."""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import check_includes  # noqa: E402
import reporting  # noqa: E402


def found(name, *lines):
    return list(check_includes.problems_of(name, "\n".join(lines)))


class Rule(unittest.TestCase):
    def test_earlier_stages_may_be_included(self):
        self.assertEqual(
            found(
                "parser/parser.cpp",
                '#include "parser/parser.h"',
                "#include <vector>",
                '#include "ast/tree.h"',
                '#include "lexer/lexer.h"',
                '#include "source/pos.h"',
                '#include "support/ids.h"',
            ),
            [],
        )

    def test_later_stages_may_not(self):
        for folder, header in (
            ("lexer", "parser/parser.h"),
            ("ast", "parser/parser.h"),
            ("parser", "driver/options.h"),
            ("types", "loader/package.h"),
            ("checks", "report/text.h"),
            ("support", "source/pos.h"),
            ("driver", "tests/unit/main.h"),
        ):
            with self.subTest(folder=folder):
                problems = found(f"{folder}/x.cpp", f'#include "{header}"')
                self.assertEqual(len(problems), 1)
                self.assertIn(f"{folder} may not include", problems[0])

    def test_spaces_and_brackets_hide_nothing(self):
        self.assertEqual(len(found("lexer/x.h", "  #  include <parser/parser.h>")), 1)

    def test_tests_and_benchmarks_may_include_all(self):
        for name in ("tests/unit/parser/parser_test.cpp", "bench/lexer_bench.cpp"):
            for folder in check_includes.MAY_INCLUDE:
                self.assertEqual(found(name, f'#include "{folder}/x.h"'), [])

    def test_paths_begin_at_the_root(self):
        self.assertEqual(len(found("lexer/x.cpp", '#include "token.h"')), 1)
        self.assertEqual(len(found("lexer/x.cpp", '#include "../ast/tree.h"')), 1)

    def test_slow_headers_stay_in_their_files(self):
        self.assertEqual(found("driver/options.cpp", "#include <CLI/CLI.hpp>"), [])
        self.assertEqual(len(found("driver/main.cpp", "#include <CLI/CLI.hpp>")), 1)
        self.assertEqual(len(found("tests/x.cpp", "#include <nlohmann/json.hpp>")), 1)

    def test_the_table_has_no_cycle(self):
        order = list(check_includes.MAY_INCLUDE)
        done = set()
        while order:
            ready = [
                folder
                for folder in order
                if set(check_includes.MAY_INCLUDE[folder].split()) <= done
            ]
            self.assertTrue(ready, f"cycle among {order}")
            done.update(ready)
            order = [folder for folder in order if folder not in done]


class Tree(unittest.TestCase):
    def test_every_include_is_allowed(self):
        self.assertEqual(list(check_includes.problems(ROOT)), [])

    def test_the_check_sees_the_tree(self):
        sources = [
            path
            for folder in check_includes.MAY_INCLUDE
            for path in (ROOT / folder).rglob("*.cpp")
        ]
        self.assertGreater(len(sources), 0)

    def test_files_named_in_the_table_exist(self):
        for prefix, files in check_includes.ONLY_IN.items():
            for name in files:
                folder_in_use = any((ROOT / name).parent.glob("*.cpp"))
                if folder_in_use and not (ROOT / name).exists():
                    self.fail(f"{name}, which may include {prefix}, does not exist")


if __name__ == "__main__":
    reporting.main()
