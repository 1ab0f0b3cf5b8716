#!/usr/bin/env python3
"""Holds what rules find in samples against the samples' comments.

    findings_test.py GDLINT CHECKS_TESTS ROOT [RULE...]

Samples are in tests/checks/RULE/: each Go file is a package of its own, each folder a module or (without go.mod) a
package. Those of `cases` and `realistic` are checked with all rules, others with theirs alone.

    // want "regexp" "regexp"   each matches one finding on this line, written `warning: message [rule]`; all findings
                                are wanted
    // note "regexp"            matches a related place on this line

A line `//sample: go1.N` at the top of a file gives the version for its go.mod; `//sample: whole program` and the like
are not needed: package main is one. The wrong program of a rule's page must be reported, the right one must not.
"""

import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ALL_RULES = ("cases", "realistic")
QUOTED = re.compile(r'\s*"((?:[^"\\]|\\.)*)"')


def demands(text, word):
    """Line number and pattern of each demand of a file."""
    for number, line in enumerate(text.splitlines(), 1):
        at = re.search(rf'//.*?\b{word}\b(?=\s*")', line)
        position = at.end() if at else -1
        while position >= 0:
            quoted = QUOTED.match(line, position)
            if not quoted:
                break
            yield number, quoted[1]
            position = quoted.end()


def copy_sample(sample, folder):
    """Makes a module of a sample."""
    if sample.is_dir():
        shutil.copytree(sample, folder)
    else:
        folder.mkdir(parents=True)
        shutil.copy(sample, folder)
    if not (folder / "go.mod").exists():
        texts = "".join(path.read_text() for path in folder.glob("*.go"))
        version = re.search(r"^//sample: go(1\.\d+)", texts, re.MULTILINE)
        (folder / "go.mod").write_text(f"module sample\n\ngo {version[1] if version else '1.26'}\n")


def run(gdlint, goroot, folder, rule):
    """Findings and related places of a module, by file and line; and what went wrong."""
    only = [] if rule in ALL_RULES else ["--disable", "all", "--enable", rule.replace("_", "-")]
    ran = subprocess.run(
        [gdlint, "--goroot", goroot, "--format", "json", *only, "./..."], cwd=folder, capture_output=True, text=True,
        timeout=120, check=False)
    wrong = []
    if ran.returncode not in (0, 1) or ran.stderr:
        wrong.append(f"exit code {ran.returncode}: {ran.stderr.strip()}")
    try:
        report = json.loads(ran.stdout)
    except ValueError:
        return {}, {}, wrong + ["no report"]
    wrong += [f"{error['file']}:{error.get('line')}: {error['message']}" for error in report["errors"]]
    findings = collections.defaultdict(list)
    notes = collections.defaultdict(list)
    for finding in report["findings"]:
        text = f"{finding['severity']}: {finding['message']} [{finding['rule']}]"
        findings[finding["file"], finding["line"]].append(text)
        for related in finding["related"]:
            notes[related["file"], related["line"]].append(related["message"])
    return findings, notes, wrong


def compare(gdlint, goroot, folder, rule):
    """What is wrong with a sample, and how many findings it wants."""
    findings, notes, wrong = run(gdlint, goroot, folder, rule)
    wants = 0
    for path in sorted(folder.rglob("*.go")):
        name = str(path.relative_to(folder))
        text = path.read_text(errors="replace")
        for word, answers in (("want", findings), ("note", notes)):
            for line, pattern in demands(text, word):
                wants += word == "want"
                met = next((a for a in answers[name, line] if re.search(pattern, a)), None)
                if met is None:
                    wrong.append(f"{name}:{line}: no {word}: {pattern}")
                else:
                    answers[name, line].remove(met)
    for (name, line), texts in findings.items():
        wrong += [f"{name}:{line}: not wanted: {text}" for text in texts]
    return wrong, wants


class Tally:
    """Counts verdicts and prints those that are bad."""

    def __init__(self):
        self.passed = self.failed = 0

    def add(self, name, wrong):
        if wrong:
            self.failed += 1
        else:
            self.passed += 1
        for line in wrong:
            print(f"FAIL {name}: {line}")


def check_samples(gdlint, root, temp, wanted, tally):
    goroot = str(root / "tests" / "goroot")
    for folder in sorted((root / "tests" / "checks").iterdir()):
        if not folder.is_dir() or folder.name == "__pycache__" or (wanted and folder.name not in wanted):
            continue
        wants = 0
        for sample in sorted(folder.iterdir()):
            if not sample.is_dir() and sample.suffix != ".go":
                continue
            copy = temp / folder.name / sample.name.removesuffix(".go")
            copy_sample(sample, copy)
            wrong, count = compare(gdlint, goroot, copy, folder.name)
            wants += count
            tally.add(f"{folder.name}/{sample.name}", wrong)
        tally.add(folder.name, [] if wants else ["no sample wants a finding"])


def check_pages(gdlint, checks_tests, root, temp, wanted, tally):
    goroot = str(root / "tests" / "goroot")
    programs = temp / "pages"
    subprocess.run([checks_tests, str(root), "--programs", str(programs)], check=True)
    for folder in sorted(programs.iterdir()):
        rule, _, kind = folder.name.rpartition("-")
        if kind not in ("bad", "good") or (wanted and rule.replace("-", "_") not in wanted):
            continue
        findings, _, wrong = run(gdlint, goroot, folder, rule)
        if bool(findings) != (kind == "bad"):
            wrong.append("the wrong program is not reported" if kind == "bad" else f"is reported: {dict(findings)}")
        tally.add(f"page of {rule}, {kind}", wrong)


def main():
    gdlint, checks_tests, root = (str(pathlib.Path(arg).resolve()) for arg in sys.argv[1:4])
    wanted = {rule.replace("-", "_") for rule in sys.argv[4:]}
    tally = Tally()
    with tempfile.TemporaryDirectory() as temp:
        check_samples(gdlint, pathlib.Path(root), pathlib.Path(temp), wanted, tally)
        check_pages(gdlint, checks_tests, pathlib.Path(root), pathlib.Path(temp), wanted, tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
