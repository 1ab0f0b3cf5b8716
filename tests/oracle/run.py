#!/usr/bin/env python3
"""Holds gdlint against the Go toolchain that is installed.

  tests/oracle/run.py --gdlint build/gdlint [--tree DIR]... [--record]

Compares tokens, verdicts and trees of every Go file of GOROOT, and of each DIR, with
those of the Go library, and measures syntax errors on Go's own test files. Stage `types` compares the types
of all packages of std and cmd, and of each --module, and measures type errors.
The last line is `N passed, N failed`. With --record it instead writes the
golden facts of tests/golden anew.
"""

import argparse
import pathlib
import sys
import tempfile

import compare
import compare_types
import golden
import golden_types
import syntax_errors
import toolchain
import type_errors

# Those that run when no stage is named.
DEFAULT_STAGES = (*compare.STAGES, "types")


def compare_all_types(gdlint, oracle, goroot, folder, modules, tests):
    outcomes = []
    for options, patterns in [(compare_types.Options(tests=tests), [name]) for name in ("std", "cmd")] + [
        (compare_types.Options(dir=str(module.resolve()), tests=tests), ["./..."]) for module in modules
    ]:
        outcomes.append(compare_types.compare(gdlint, oracle, options, patterns).passed)
    return outcomes + type_errors.measure(type_errors.gdlint_command(gdlint), oracle, goroot, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdlint", required=True, type=pathlib.Path, help="the program under test")
    parser.add_argument("--tree", action="append", default=[], help="compare the files below DIR too", metavar="DIR")
    parser.add_argument("--only-trees", action="store_true", help="leave out GOROOT and the syntax errors")
    parser.add_argument("--stage", action="append", choices=[*compare.STAGES, "types"], help="compare only this dump")
    parser.add_argument("--module", action="append", default=[], type=pathlib.Path, help="of stage types: this module too", metavar="DIR")
    parser.add_argument("--tests", action="store_true", help="of stage types: test variants too")
    parser.add_argument("--record", action="store_true", help="write the golden facts anew")
    arguments = parser.parse_args()
    gdlint = arguments.gdlint.resolve()
    try:
        goroot = toolchain.goroot()
    except toolchain.MissingGo as missing:
        print(f"{missing}: nothing to compare with", file=sys.stderr)
        return 2

    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        oracle = toolchain.build_oracle(folder)
        if arguments.record:
            golden.record(oracle)
            golden_types.record(oracle)
            return 0
        stages = arguments.stage or DEFAULT_STAGES
        if "types" in stages:
            outcomes += compare_all_types(gdlint, oracle, goroot, folder, arguments.module, arguments.tests)
        stages = [stage for stage in stages if stage != "types"]
        trees = list(arguments.tree)
        if not arguments.only_trees and stages:
            trees.insert(0, str(goroot))
            outcomes += syntax_errors.measure(gdlint, goroot, folder)
        for tree in trees:
            files = toolchain.source_files(tree)
            for stage in stages:
                result = compare.compare_files(stage, gdlint, oracle, files)
                result.report(tree)
                sys.stdout.flush()
                outcomes.append(result.passed)
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed")
    return 0 if outcomes and all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
