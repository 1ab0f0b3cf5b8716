"""Runs tests/golden/run/NAME.go: standard output is as in NAME.out, recorded from a real Go.

A line `// exit code N` in the program says how it ends; without one, N is 0.
"""

import argparse
import difflib
import os
import pathlib
import re
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "run"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gdlint", required=True, type=os.path.abspath)
    options = parser.parse_args()
    failed = 0
    paths = sorted(FOLDER.glob("*.go"))
    for path in paths:
        result = subprocess.run(
            [options.gdlint, "run", path.name], cwd=FOLDER, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60,
        )
        wanted = re.search(r"^// exit code (\d+)$", path.read_text(), re.MULTILINE)
        code = int(wanted.group(1)) if wanted else 0
        want = path.with_suffix(".out").read_text()
        if result.stdout == want and result.returncode == code:
            continue
        failed += 1
        print("%s: exit code %d, wanted %d: %s" % (path.name, result.returncode, code, result.stderr[-500:]))
        sys.stdout.writelines(
            difflib.unified_diff(want.splitlines(True), result.stdout.splitlines(True), "want", "got")
        )
    print("%d programs, %d differ" % (len(paths), failed))
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
