#!/usr/bin/env python3
"""What gdlint says of files, contexts and locks is held against runs of random functions, on all their ways.

    resources.py GDLINT [--programs 200] [--seed 1] [--keep FOLDER]

Two things contradict: a finding where each run gives everything back, and no finding where a run does
not.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import generate_resources

BATCH = 25
RULES = "resource-leak,cancel-not-called,lock-not-released"


def run(gdlint, source):
    """Names of what the run acquires, and of what it does not give back; None if it cannot be run."""
    ran = subprocess.run(
        [gdlint, "trace", "--json", source.name], cwd=source.parent, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, timeout=600,
    )
    errors = ran.stderr.decode(errors="replace")
    if "no Go installation" in errors or "program has no package runtime" in errors:
        return None
    trace = json.loads(ran.stdout)
    if trace["exit_code"] != 0:
        raise RuntimeError("%s: exit code %d\n%s" % (source, trace["exit_code"], errors))
    names = {resource["name"] for resource in trace["open"]}
    text = "".join(event["text"] for event in trace["events"] if event["event"] == "output")
    acquired = {event["name"] for event in trace["events"]
                if event["event"] == "opened" and event["function"] != "main.main"}
    acquired |= set(re.findall(r"^(?:begun|taken) (\S+)$", text, re.MULTILINE))
    return acquired, names | set(re.findall(r"^(?:alive|locked) (\S+)$", text, re.MULTILINE))


def reported(gdlint, source, disabled=""):
    """Lines by rule."""
    ran = subprocess.run(
        [gdlint, "--format", "json", *(["--disable", disabled] if disabled else []), source.name], cwd=source.parent, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300,
    )
    report = json.loads(ran.stdout)
    if report["errors"]:
        raise RuntimeError("%s: %s" % (source, report["errors"]))
    return {(finding["line"], finding["rule"]) for finding in report["findings"]}


class Check:
    def __init__(self, gdlint, folder, is_quiet=False):
        self.gdlint = gdlint
        self.folder = folder
        self.passed = self.failed = 0
        self.unwanted = self.missed = 0
        self.is_runnable = True
        self.is_quiet = is_quiet

    def blind(self):
        """That it can fail: without a rule it must contradict."""
        for rule in RULES.split(","):
            other = Check(self.gdlint, self.folder, is_quiet=True)
            other.batch(1, disabled=rule)
            if other.missed and not other.unwanted:
                self.passed += 1
            else:
                self.failed += 1
                print("without %s nothing is missed" % rule)

    def batch(self, seed, disabled=""):
        # By itself: the files of a folder are one package.
        folder = self.folder / ("resources%d" % seed)
        folder.mkdir(exist_ok=True)
        source = folder / "main.go"
        text, lines, doubtful = generate_resources.program(seed, BATCH)
        source.write_text(text)
        ran = run(self.gdlint, source)
        if ran is None:
            self.is_runnable = False
            return
        acquired, left = ran
        found = reported(self.gdlint, source, disabled)
        # A function has one lock, and may take it in many places.
        left_found = {lines[line][0] for line, rule in found if line in lines and lines[line][1] == rule}
        for name in sorted({name for name, _ in lines.values()} & acquired):
            if (name in left) == (name in left_found) or (name in left and name in doubtful):
                self.passed += 1
                continue
            self.failed += 1
            self.unwanted += name in left_found
            self.missed += name in left
            if self.is_quiet:
                continue
            at = [line for line, (other, _) in lines.items() if other == name]
            what = "nothing is reported, and a run leaves it open" if name in left else "reported, and no run leaves it open"
            print("%s:%s: %s: %s" % (source.relative_to(self.folder), ",".join(map(str, at)), name, what), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gdlint", type=os.path.abspath)
    parser.add_argument("--programs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        check = Check(options.gdlint, options.keep or pathlib.Path(temporary))
        for number in range(-(-options.programs // BATCH)):
            if check.is_runnable:
                check.batch(options.seed + number)
        if check.is_runnable:
            check.blind()
    if not check.is_runnable:
        print("no source of the standard library: programs were not run")
    print("reported and not so: %d; so and not reported: %d" % (check.unwanted, check.missed))
    print("%d passed, %d failed" % (check.passed, check.failed))
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
