"""Compares what passes say of functions with what is recorded.

tests/golden/explain/NAME.go has lines `//explain: FUNC`: beside it, `gdlint explain` of each is NAME.golden and, if there is
a line `//json`, that as JSON is NAME.json.golden. Of tests/golden/dataflow/NAME.go, NAME.golden is `gdlint debug NAME`. With --update,
what is recorded is written again. The standard library is tests/goroot.
"""

import argparse
import difflib
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
GOROOT = HERE.parent / "goroot"


def run(gdlint, path, *arguments):
    """Standard output, what is on standard error, and the exit code if it is not 0."""
    result = subprocess.run(
        [gdlint, *arguments, "--goroot", str(GOROOT), path.name],
        cwd=path.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
    )
    return result.stdout + ("" if result.returncode == 0 else "exit code %d\n" % result.returncode)


def dumps(gdlint):
    """Each recorded file, and what it should be now."""
    for path in sorted((HERE / "explain").glob("*.go")):
        names = re.findall(r"^//explain: (.+)$", path.read_text(), re.MULTILINE)
        yield path.with_suffix(".golden"), "\n".join(run(gdlint, path, "explain", name) for name in names)
        if not re.search(r"^//json$", path.read_text(), re.MULTILINE):
            continue
        functions = []
        for name in names:
            text = run(gdlint, path, "explain", "--json", name)
            functions += json.loads(text)["functions"]
        yield path.with_suffix(".json.golden"), json.dumps({"functions": functions}, indent=1, ensure_ascii=False) + "\n"
    for path in sorted((HERE / "dataflow").glob("*.go")):
        yield path.with_suffix(".golden"), run(gdlint, path, "debug", path.stem)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gdlint", required=True, type=os.path.abspath)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    if options.update and os.environ.get("CI"):
        print("what is recorded is not written by continuous integration")
        return 1
    failed = 0
    count = 0
    for recorded, text in dumps(options.gdlint):
        count += 1
        if options.update:
            recorded.write_text(text)
            continue
        want = recorded.read_text() if recorded.exists() else ""
        if text != want:
            failed += 1
            sys.stdout.writelines(
                difflib.unified_diff(want.splitlines(True), text.splitlines(True), recorded.name, "now")
            )
    print("%d files, %d differ" % (count, failed))
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
