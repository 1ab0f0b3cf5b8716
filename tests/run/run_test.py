#!/usr/bin/env python3
"""Runs programs with `gdlint run`, and compares what they print and how they end.

    run_test.py GDLINT [FOLDER]

Each folder below FOLDER (default: programs, beside this file) is a program with what a real Go
printed: expected.txt, expected_stderr.txt (if it matters) and exitcode. Standard error is compared
up to addresses and stack traces, times of tests not at all. Without the source of the standard
library only programs that import nothing can run; the others are passed over, and counted.
"""

import pathlib
import re
import subprocess
import sys


def without_times(text):
    return re.sub(r"\((?:\d+\.\d+s|TIME)\)", "(TIME)", text)


def header(text):
    """Standard error without traces and addresses."""
    text = re.sub(r"0x[0-9a-f]+", "0xADDR", text)
    return re.sub(r"\s*goroutine \d+ \[.*", "", text, flags=re.DOTALL).strip()


def problems(gdlint, folder):
    """What is wrong with one program; None if it cannot be run here."""
    ran = subprocess.run(
        [gdlint, "run", "."], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
        check=False,
    )
    out = ran.stdout.decode(errors="replace")
    err = ran.stderr.decode(errors="replace")
    if "no Go installation" in err or "program has no package runtime" in err:
        return None
    found = []
    if without_times(out) != without_times((folder / "expected.txt").read_text()):
        found.append(f"printed {out!r}")
    wanted_code = int((folder / "exitcode").read_text())
    if ran.returncode != wanted_code:
        found.append(f"exit code {ran.returncode} in place of {wanted_code}: {err!r}")
    wanted_err = folder / "expected_stderr.txt"
    if wanted_err.exists() and header(err) != header(wanted_err.read_text()):
        found.append(f"on standard error {err!r}")
    return found


def main():
    gdlint = str(pathlib.Path(sys.argv[1]).resolve())
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent / "programs")
    passed = failed = skipped = 0
    for marker in sorted(folder.glob("*/exitcode")):
        found = problems(gdlint, marker.parent)
        if found is None:
            skipped += 1
        elif found:
            failed += 1
            print(f"{marker.parent.name}: " + "; ".join(found))
        else:
            passed += 1
    if skipped:
        print(f"{skipped} programs not run: no source of the standard library")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
