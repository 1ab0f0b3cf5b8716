"""Settings, severities, and comments that suppress findings.

Usage: settings_test.py GDLINT [unittest arguments]
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())

# One finding of defer-in-loop, at 12:3.
LOOP = """package p

import "os"

func Loop(names []string) error {{
	for _, name := range names {{
		f, err := os.Open(name)
		if err != nil {{
			return err
		}}
		{above}
		defer f.Close(){behind}
	}}
	return nil
}}
"""
PLAIN = LOOP.format(above="println()", behind="")


class SettingsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gdlint.")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("go.mod", "module example.com/m\n\ngo 1.26\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def lint(self, *arguments, cwd="."):
        """Exit code; `path:line severity rule` of each finding; standard error."""
        done = subprocess.run(
            [GDLINT, "--no-summary", *arguments], cwd=self.root / cwd, capture_output=True, text=True, timeout=60,
            check=False)
        found = []
        for line in done.stdout.splitlines():
            if line.endswith("]") and ": " in line and not line.startswith(" "):
                place, severity, _ = line.split(": ", 2)
                found.append(f"{place.rsplit(':', 1)[0]} {severity} {line.rsplit('[', 1)[1][:-1]}")
        return done.returncode, found, done.stderr


class FileTest(SettingsTest):
    def test_is_found_upwards(self):
        self.write("sub/deep/a.go", PLAIN)
        self.assertEqual(self.lint(cwd="sub/deep")[0], 1)
        self.write(".gdlint.toml", '[rules]\ndisable = ["defer-in-loop"]\n')
        self.assertEqual(self.lint(cwd="sub/deep")[:2], (0, []))
        self.assertEqual(self.lint("--no-config", cwd="sub/deep")[0], 1)

    def test_the_command_line_wins(self):
        self.write("a.go", PLAIN)
        self.write(".gdlint.toml", '[rules]\ndisable = ["all"]\n')
        self.assertEqual(self.lint()[0], 0)
        self.assertEqual(self.lint("--enable", "defer-in-loop")[0], 1)

    def test_severity(self):
        self.write("a.go", PLAIN)
        self.write(".gdlint.toml", '[rules.severity]\ndefer-in-loop = "error"\n')
        self.assertEqual(self.lint()[1], ["a.go:12 error defer-in-loop"])
        self.assertEqual(self.lint("--severity", "defer-in-loop=info")[1], ["a.go:12 info defer-in-loop"])
        self.assertEqual(self.lint("--severity", "defer-in-loop=info,warning")[:2], (0, []))

    def test_paths(self):
        self.write("a.go", PLAIN)
        self.write("gen/b.pb.go", PLAIN.replace("package p", "package gen"))
        self.write("cmd/c.go", PLAIN.replace("package p", "package cmd"))
        self.write(".gdlint.toml", "[paths]\nexclude = ['\\.pb\\.go$']\n"
                   '[[paths.rules]]\nmatch = "^cmd/"\ndisable = ["defer-in-loop"]\n')
        self.assertEqual(self.lint()[1], ["a.go:12 warning defer-in-loop"])
        # Relative to the settings, wherever one stands.
        self.assertEqual(self.lint(cwd="cmd")[1], [])

    def test_what_is_wrong_has_a_place_and_says_what_is_allowed(self):
        self.write("a.go", PLAIN)
        for text, words in (
            ("[rules]\nenabel = []\n", ".gdlint.toml:2: unknown setting `rules.enabel`; allowed: `enable`"),
            ("\n[rule]\n", ".gdlint.toml:2: unknown setting `rule`; allowed: `rules`"),
            ('[rules]\ndisable = ["defer-in-lop"]\n', ".gdlint.toml:2: unknown rule `defer-in-lop`; did you mean"),
            ('[rules]\ndisable = "defer-in-loop"\n', ".gdlint.toml:2: `rules.disable` must be a list of strings"),
            ('[rules.severity]\ndefer-in-loop = "off"\n', ".gdlint.toml:2: the severity of `defer-in-loop` must be"),
            ('[paths]\nexclude = ["("]\n', ".gdlint.toml:2: `(` is no regular expression (RE2)"),
            ('[[paths.rules]]\nmatch = "x"\n', "must have `match`"),
            ('[functions]\nexits = ["Die"]\n', "is no function's full name"),
            ("[rules\n", ".gdlint.toml:1: "),
        ):
            with self.subTest(text=text):
                self.write(".gdlint.toml", text)
                code, found, err = self.lint()
                self.assertEqual((code, found), (2, []))
                self.assertIn(words, err)

    def test_wrong_severities(self):
        self.write("a.go", PLAIN)
        for choice, words in (("loud", "levels are error, warning and info"), ("defer-in-lop=info", "unknown rule")):
            code, _, err = self.lint("--severity", choice)
            self.assertEqual(code, 2)
            self.assertIn(words, err)

    def test_a_missing_file(self):
        self.write("a.go", PLAIN)
        code, _, err = self.lint("--config", "none.toml")
        self.assertEqual(code, 2)
        self.assertIn("none.toml: no such file", err)


class SuppressionTest(SettingsTest):
    def found(self, above="println()", behind="", *arguments):
        self.write("a.go", LOOP.format(above=above, behind=behind))
        return self.lint(*arguments)[1]

    def test_ignore(self):
        self.assertEqual(self.found("//lint:ignore defer-in-loop they are few"), [])
        self.assertEqual(self.found(behind=" //lint:ignore defer-in-loop,recover-not-direct they are few"), [])

    def test_other_rules_are_not_ignored(self):
        self.assertEqual(self.found("//lint:ignore recover-not-direct why"), ["a.go:12 warning defer-in-loop"])
        self.assertEqual(self.found("//nolint:errcheck // why"), ["a.go:12 warning defer-in-loop"])

    def test_a_reason_is_required(self):
        self.assertEqual(self.found("//lint:ignore defer-in-loop"),
                         ["a.go:11 warning bad-suppression", "a.go:12 warning defer-in-loop"])

    def test_nolint(self):
        self.assertEqual(self.found(behind=" //nolint:defer-in-loop // they are few"), [])
        self.assertEqual(self.found(behind=" //nolint"), [])
        self.assertEqual(self.found(behind=" //nolint:all"), [])

    def test_a_declaration_and_a_file(self):
        self.write("a.go", PLAIN.replace("func Loop", "//nolint:defer-in-loop // few\nfunc Loop"))
        self.assertEqual(self.lint()[1], [])
        self.write("a.go", "//lint:file-ignore defer-in-loop they are few\n\n" + PLAIN)
        self.assertEqual(self.lint()[1], [])

    def test_unused(self):
        comment = "//lint:ignore recover-not-direct why"
        self.assertEqual(self.found(comment, "", "--report-unused"),
                         ["a.go:11 warning unused-suppression", "a.go:12 warning defer-in-loop"])
        self.assertEqual(self.found("//lint:ignore defer-in-loop few", "", "--report-unused"), [])
        # It was not asked whether it would be used.
        self.assertEqual(self.found(comment, "", "--report-unused", "--disable", "recover-not-direct"),
                         ["a.go:12 warning defer-in-loop"])


if __name__ == "__main__":
    reporting.main()
