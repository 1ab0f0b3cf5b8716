#!/usr/bin/env python3
"""Random programs, run by a real Go and by `gdlint run`: output and exit code are the same.

    compare.py --gdlint build/gdlint [--programs 2000] [--seed 1] [--keep FOLDER]

One case in ten may end its process, and is run by itself.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import generate

BATCH = 200


def outcome(command, cwd):
    """Exit code and standard error up to stack traces and addresses."""
    try:
        ran = subprocess.run(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
        )
    except subprocess.TimeoutExpired:
        return "timeout", ""
    text = ran.stderr.decode(errors="replace")
    text = re.split(r"^goroutine \d+.* \[", text, maxsplit=1, flags=re.MULTILINE)[0]
    text = re.sub(r"^\[signal .*\n", "", text, flags=re.MULTILINE)
    return ran.returncode, re.sub(r"0x[0-9a-f]+", "0xADDR", text).rstrip()


def first_difference(one, other):
    for number, (line, wanted) in enumerate(zip(one.splitlines() + [""], other.splitlines() + [""]), 1):
        if line != wanted:
            return "line %d: %r in place of %r" % (number, line, wanted)
    return "one goes on"


class Comparison:
    def __init__(self, gdlint, folder):
        self.gdlint = gdlint
        self.folder = folder
        self.compared = 0
        self.differences = 0

    def batch(self, seed, count, may_end):
        name = "%s%d" % ("ending" if may_end else "random", seed)
        source = self.folder / (name + ".go")
        source.write_text(generate.program(seed, count, may_end))
        program = self.folder / name
        environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="", GOWORK="off", CGO_ENABLED="0")
        subprocess.run(["go", "build", "-o", str(program), source.name], cwd=self.folder, env=environment, check=True)
        if may_end:
            runs = [(str(number),) for number in range(count)]
        else:
            runs = [()]
        for arguments in runs:
            self.compare(source, program, arguments)
        self.compared += count
        program.unlink()

    def compare(self, source, program, arguments):
        want = outcome([str(program), *arguments], self.folder)
        got = outcome([self.gdlint, "run", source.name, *arguments], self.folder)
        if want != got:
            self.differences += 1
            print("%s %s: exit code %s, wanted %s; %s" % (
                source.name, " ".join(arguments), got[0], want[0], first_difference(got[1], want[1])), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gdlint", required=True, type=os.path.abspath)
    parser.add_argument("--programs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        comparison = Comparison(options.gdlint, folder)
        seed = options.seed
        while comparison.compared < options.programs:
            comparison.batch(seed, BATCH * 9 // 10, False)
            comparison.batch(seed, BATCH // 10, True)
            seed += 1
    print("%d passed, %d failed" % (comparison.compared - comparison.differences, comparison.differences))
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main())
