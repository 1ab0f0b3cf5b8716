#!/usr/bin/env python3
"""What the passes of dataflow/ say is held against runs: of random programs, and of all given ones.

    check.py SOUNDNESS [--programs 200] [--seed 1] [PROGRAM...]

SOUNDNESS is the checker. A PROGRAM is a Go file, or a folder: each program below it. Without the
sources of the standard library nothing can be run: then it is said so.
"""

import argparse
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

import generate

BATCH = 100
# Of real memory that is not there: passes take pointers to be nil or good.
BEYOND = ("f009_set_panic_on_fault", "own_panic_on_fault")
SUMS = re.compile(r"^exit code -?\d+: (\d+) activations, .*: (\d+) contradictions$", re.MULTILINE)


class Check:
    def __init__(self, checker):
        self.checker = checker
        self.passed = self.failed = self.not_run = 0
        self.no_goroot = False

    def run(self, path, arguments=(), count=1):
        cwd, name = (path, ".") if path.is_dir() else (path.parent, path.name)
        try:
            ran = subprocess.run(
                [self.checker, name, *arguments], cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, timeout=300,
            )
            text, code = ran.stdout.decode(errors="replace"), ran.returncode
        except subprocess.TimeoutExpired:
            text, code = "timeout", 1
        if "no Go installation" in text or "program has no package runtime" in text:
            self.no_goroot = True
        sums = SUMS.search(text)
        if code == 0 and sums:
            self.passed += count
        elif code == 3 or code == -signal.SIGTERM:
            # The latter is what a program sends itself.
            self.not_run += count
        else:
            self.failed += count
            print("%s %s: exit code %d\n%s" % (path, " ".join(arguments), code, text[-20000:]), flush=True)

    def blind(self, folder):
        """That it can fail: where it does not see a part of the run, it must contradict."""
        path = folder / "blind.go"
        path.write_text(generate.program(1, BATCH, False))
        for what in ("defers", "stores", "recovers", "ends"):
            ran = subprocess.run(
                [self.checker, "--blind", what, path.name], cwd=folder, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300,
            )
            if ran.returncode == 1:
                self.passed += 1
            else:
                self.failed += 1
                print("blind to %s: exit code %d, not 1" % (what, ran.returncode))

    def random(self, seed, count, may_end, folder):
        path = folder / ("%s%d.go" % ("ending" if may_end else "random", seed))
        path.write_text(generate.program(seed, count, may_end))
        if may_end:
            for number in range(count):
                self.run(path, (str(number),))
        else:
            self.run(path, count=count)

    def given(self, path):
        if path.is_file():
            self.run(path)
            return
        for folder in sorted({found.parent for found in path.rglob("*.go")}):
            texts = {found: found.read_text(errors="replace") for found in sorted(folder.glob("*.go"))}
            mains = [found for found, text in texts.items() if re.search(r"^func main\(\)", text, re.MULTILINE)]
            tests = any(found.name.endswith("_test.go") for found in texts)
            if len(mains) > 1:
                for found in mains:
                    self.run(found)
            elif (mains or tests) and folder.name not in BEYOND:
                self.run(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checker", type=os.path.abspath)
    parser.add_argument("given", nargs="*", type=pathlib.Path)
    parser.add_argument("--programs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_intermixed_args()
    check = Check(options.checker)
    for path in options.given:
        check.given(path.resolve())
    with tempfile.TemporaryDirectory() as folder:
        done, seed = 0, options.seed
        while done < options.programs and not check.no_goroot:
            check.random(seed, BATCH * 9 // 10, False, pathlib.Path(folder))
            check.random(seed, BATCH // 10, True, pathlib.Path(folder))
            done += BATCH
            seed += 1
        if not check.no_goroot:
            check.blind(pathlib.Path(folder))
    if check.no_goroot:
        print("no source of the standard library: programs were not run")
    elif check.not_run:
        print("%d programs cannot be run" % check.not_run)
    print("%d passed, %d failed" % (check.passed, check.failed))
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
