"""Compares dumps of SSA with the recorded ones: tests/golden/ssa/NAME.go beside NAME.ssa.golden.

A line `//dump: func F` names a function to dump; without one, all are dumped. Each function is
verified after each pass. With --update, what is recorded is written again.
"""

import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "ssa"


def dump(gdlint, path):
    names = re.findall(r"^//dump: func (.+)$", path.read_text(), re.MULTILINE)
    text = ""
    for arguments in [["--func", name] for name in names] or [[]]:
        result = subprocess.run(
            [gdlint, "debug", "ssa", "--verify", *arguments, path.name],
            cwd=path.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        text += ("\n" if text else "") + result.stdout
        if result.returncode != 0:
            text += "exit code %d\n" % result.returncode
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gdlint", required=True, type=os.path.abspath)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    if options.update and os.environ.get("CI"):
        print("recorded dumps are not written by continuous integration")
        return 1
    failed = 0
    paths = sorted(FOLDER.glob("*.go"))
    for path in paths:
        recorded = path.with_suffix(".ssa.golden")
        text = dump(options.gdlint, path)
        if options.update:
            recorded.write_text(text)
            continue
        want = recorded.read_text() if recorded.exists() else ""
        if text != want:
            failed += 1
            sys.stdout.writelines(
                difflib.unified_diff(
                    want.splitlines(True), text.splitlines(True), recorded.name, "now"
                )
            )
    print("%d files, %d differ" % (len(paths), failed))
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
