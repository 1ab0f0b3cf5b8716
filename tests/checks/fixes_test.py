#!/usr/bin/env python3
"""Holds what --fix makes of samples against what a fix promises.

    fixes_test.py GDLINT ROOT [RULE...]

Every sample of tests/checks/ is fixed, whatever rule it is for: what comes out has no type error that was not there, no
finding that was not there, and as many less as --fix says; fixing it again changes nothing. Where gofmt is there and
had nothing to change before, it has not now.

In tests/fixes/, NAME.go becomes NAME.fixed, byte for byte. Where it is a program, a comment says what running it shows (only where a
Go installation is there: programs need its standard library):

    //output: same        the same as before
    //output: different   something else: what was wrong showed
"""

import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from findings_test import Tally, copy_sample

COMMENT_SPACE = re.compile(r"[ \t]+//")

# By sample: rules that report something new with reason.
NEW = {
    # The panic that it recovered does not happen any more.
    "B02b_defer_before_error_check_nil_deref": {"recover-unreachable"},
}


class Tool:
    """gdlint, and gofmt if there is one."""

    def __init__(self, gdlint, root):
        self.gdlint = gdlint
        self.goroot = str(root / "tests" / "goroot")
        self.gofmt = shutil.which("gofmt")
        self.go = shutil.which("go")

    def call(self, folder, *arguments):
        return subprocess.run(
            [self.gdlint, *arguments], cwd=folder, capture_output=True, text=True,
            timeout=120, check=False)

    def report(self, folder, *flags):
        ran = self.call(folder, "--goroot", self.goroot, "--format", "json", *flags, "./...")
        return json.loads(ran.stdout), ran.stderr

    def unformatted(self, folder):
        if not self.gofmt:
            return set()
        listed = subprocess.run([self.gofmt, "-l", "."], cwd=folder, capture_output=True, text=True, check=False)
        return set(listed.stdout.split())

    def squeezed(self, folder):
        """Files that gofmt would change, the space before comments aside: --fix does not align those anew."""
        return {name for name in self.unformatted(folder) if self.changes_more(folder / name)}

    def changes_more(self, path):
        formatted = subprocess.run([self.gofmt, path], capture_output=True, text=True, check=False).stdout
        return COMMENT_SPACE.sub(" //", formatted) != COMMENT_SPACE.sub(" //", path.read_text(errors="replace"))


def counted(report, key):
    """How many findings of a rule each file has; or errors."""
    return collections.Counter((entry["file"], entry.get("rule")) for entry in report[key])


def check_sample(tool, folder):
    """What is wrong with the fixes of a module, and how many there were."""
    allowed = NEW.get(folder.name, set())
    before, _ = tool.report(folder)
    unformatted = tool.unformatted(folder)
    after, stderr = tool.report(folder, "--fix")
    wrong = [f"says: {line}" for line in stderr.splitlines()]
    for key in ("errors", "findings"):
        new = counted(after, key) - counted(before, key)
        wrong += [f"{file}: new after the fix: {rule}" for file, rule in new.elements() if rule not in allowed]
    allowed_left = sum(entry["rule"] in allowed for entry in after["findings"])
    fixed = after["summary"]["fixed"]
    if fixed > len(before["findings"]) - len(after["findings"]) + allowed_left:
        wrong.append(f"{fixed} fixed of {len(before['findings'])}, and {len(after['findings'])} are left")
    again, _ = tool.report(folder, "--fix")
    if again["summary"]["fixed"]:
        wrong.append("there was more to fix")
    wrong += [f"{file}: gofmt would change it" for file in tool.squeezed(folder) - unformatted]
    return wrong, fixed


def check_samples(tool, root, temp, wanted, tally):
    total = 0
    for folder in sorted((root / "tests" / "checks").iterdir()):
        if not folder.is_dir() or folder.name == "__pycache__" or (wanted and folder.name not in wanted):
            continue
        for sample in sorted(folder.iterdir()):
            if sample.is_dir() or sample.suffix == ".go":
                copy = temp / folder.name / sample.name.removesuffix(".go")
                copy_sample(sample, copy)
                wrong, fixed = check_sample(tool, copy)
                total += fixed
                tally.add(f"{folder.name}/{sample.name}", wrong)
    print(f"{total} findings fixed in the samples")


def check_output(tool, sample, copy, before):
    """Compares what the program prints now with what it printed before."""
    text = sample.read_text(errors="replace")
    if "//output: " not in text or not tool.go:
        return []
    wanted = text.split("//output: ")[1].split()[0]
    ran = tool.call(copy, "run", sample.name)
    same = (ran.stdout, ran.stderr, ran.returncode) == (before.stdout, before.stderr, before.returncode)
    return [] if same == (wanted == "same") else [f"the output is not {wanted}:\n{ran.stdout}{ran.stderr}"]


def check_golden(tool, root, temp, tally):
    for sample in sorted((root / "tests" / "fixes").glob("*.go")):
        copy = temp / "golden" / sample.stem
        copy_sample(sample, copy)
        printed = tool.call(copy, "run", sample.name)
        diff = tool.call(copy, "--goroot", tool.goroot, "--diff").stdout
        wrong, fixed = check_sample(tool, copy)
        expected = sample.with_suffix(".fixed").read_bytes()
        if (copy / sample.name).read_bytes() != expected:
            wrong.append("is not as expected:\n" + diff)
        if bool(fixed) != (expected != sample.read_bytes()):
            wrong.append(f"{fixed} findings are said to be fixed")
        wrong += check_output(tool, sample, copy, printed)
        tally.add(f"fixes/{sample.name}", wrong)


def main():
    gdlint, root = (pathlib.Path(arg).resolve() for arg in sys.argv[1:3])
    wanted = {rule.replace("-", "_") for rule in sys.argv[3:]}
    tool = Tool(str(gdlint), root)
    tally = Tally()
    with tempfile.TemporaryDirectory() as temp:
        check_golden(tool, root, pathlib.Path(temp), tally)
        check_samples(tool, root, pathlib.Path(temp), wanted, tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
