"""README.md shows what the program prints: its samples, flags and rules are held against it.

Usage: readme_test.py GDLINT [unittest arguments]
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())
ROOT = pathlib.Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def gdlint(*arguments, folder=ROOT):
    done = subprocess.run([GDLINT, *arguments], cwd=folder, capture_output=True, text=True, timeout=120)
    return done.stdout + done.stderr


def sample(first_words, language=""):
    """The fenced sample that begins with these words."""
    for text in re.findall(rf"^```{language}\n(.*?)^```$", README, re.S | re.M):
        if text.startswith(first_words):
            return text
    raise AssertionError(f"README.md has no sample that begins with: {first_words}")


def trap_program():
    """The program that README.md traces, as the file whose lines it names."""
    return 'package main\n\nimport "fmt"\n\n' + sample("func f()", "go") + "\nfunc main() { f() }\n"


class ReadmeTest(unittest.TestCase):
    maxDiff = None

    def test_findings(self):
        self.assertIn(sample("examples/filecopy/"), gdlint("examples"))

    def test_a_type_error(self):
        text = 'package main\n\nimport "fmt"\n\n\nfunc main() {\n\tfmt.Println("a" + 1)\n}\n'
        with tempfile.TemporaryDirectory(prefix="gdlint.") as folder:
            pathlib.Path(folder, "go.mod").write_text("module example.com/m\n\ngo 1.24\n")
            pathlib.Path(folder, "main.go").write_text(text)
            self.assertIn(sample("main.go:7:14: error"), gdlint(folder=folder))

    def test_an_explanation(self):
        self.assertIn(sample("main.go:39:6: "), gdlint("explain", "copyFile", folder=ROOT / "examples/filecopy"))

    @unittest.skipUnless(shutil.which("go"), "what the program imports is interpreted from Go's source")
    def test_a_trace(self):
        with tempfile.TemporaryDirectory(prefix="gdlint.") as folder:
            pathlib.Path(folder, "h.go").write_text(trap_program())
            self.assertIn(sample("h.go:6 "), gdlint("trace", "h.go", folder=folder))

    def test_flags(self):
        usage = gdlint("--help")
        flags = set(re.findall(r"`(-{1,2}[a-z][a-z-]*|-j)\b", README))
        self.assertGreater(len(flags), 10)
        for flag in flags - {"--sanitize", "--oracle"}:
            self.assertRegex(usage, rf"(?<![\w-]){flag}(?![\w-])", f"README.md names {flag}")

    def test_rules(self):
        known = set(re.findall(r"^([a-z-]+) ", gdlint("rules"), re.M))
        table = README[README.index("| group | finds |"):README.index("[docs/rules]")]
        named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", table))
        self.assertGreater(len(named), 8)
        self.assertLessEqual(named, known)

    def test_pages(self):
        for link in re.findall(r"\]\(([^)#:]+)\)", README):
            self.assertTrue((ROOT / link).exists(), f"README.md links to {link}")


if __name__ == "__main__":
    reporting.main()
