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
            ('[functions]\ntakes = ["/(/"]\n', ".gdlint.toml:2: `/(/` is no regular expression (RE2)"),
            ('[functions]\nkeeps = []\n', "unknown setting `functions.keeps`; allowed: `exits`"),
            ('[resources]\nkind = "x"\n', "`resources` must be a list of tables: [[resources]]"),
            ('[[resources]]\nkind = "x"\n', ".gdlint.toml:1: [[resources]] must have `kind`, a name, and `acquire`"),
            ('[[resources]]\nkind = "x"\nacquire = ["a.b"]\n', "must have `release`, a list of methods"),
            ('[[resources]]\nkind = "x"\nacquire = ["a.b"]\nrelease = ["a.b"]\n',
             ".gdlint.toml:4: `a.b` in `resources.release` is no method's name"),
            ('[[resources]]\nkind = "x"\naquire = ["a.b"]\n',
             ".gdlint.toml:3: unknown setting `resources.aquire`; allowed: `kind`, `acquire`"),
            ('[[resources]]\nkind = "file"\nacquire = ["a.b"]\nrelease = ["Close"]\n',
             ".gdlint.toml:4: `file` is a kind that gdlint knows"),
            ('[[resources]]\nkind = "x"\nacquire = ["a.b"]\nrelease = ["Close"]\nresult = -1\n',
             ".gdlint.toml:5: `resources.result` must be an index"),
            ('[[resources]]\nkind = "x"\nacquire = ["a.b"]\nrelease = ["Close"]\nerror = "no"\n',
             '.gdlint.toml:5: `resources.error` must be the index of the result'),
            ('[[resources]]\nkind = "x"\nacquire = ["a.b"]\nrelease = ["Close"]\nidempotent = 1\n',
             ".gdlint.toml:5: `resources.idempotent` must be true or false"),
            ('[[resources]]\nkind = "x"\nacquire = ["a.b"]\nrelease = ["Close"]\nrelease-error = "x"\n',
             ".gdlint.toml:5: `resources.release-error` must be one of `ignored`, `matters`"),
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


LEASE = """package lease

import "os"

type Lease struct {
	id  string
	err error
}

func (l *Lease) ID() string     { return l.id }
func (l *Lease) Release() error { println(l.id); return l.err }

type Store struct{ last *Lease }

func (s *Store) Take(id string) (*Lease, error) { s.last = &Lease{id: id}; return s.last, nil }

var shown *Lease

func Drop(l *Lease)         { println(l.id) }
func Show(l *Lease)         { shown = l }
func Same(l *Lease) *Lease  { shown = l; return l }
func Enter() (func(), bool) { return func() { shown = nil }, true }
func Archive() (*os.File, error) { return handle, nil }

var handle *os.File
"""

# The way out without a release is that of `n > 1`.
LEASE_USER = """package p

import "example.com/m/lease"

func use(s *lease.Store, n int) error {{
	l, err := s.Take("a")
	if err != nil {{
		return err
	}}
	{used}
	if n > 1 {{
		return nil
	}}
	{released}
	return nil
}}
"""

LEASE_SETTINGS = """[[resources]]
kind = "lease"
acquire = ["(*example.com/m/lease.Store).Take"]
release = ["Release"]
release-functions = ['/lease\\.Drop$/']
"""


class ResourceTest(SettingsTest):
    """Resources of the user's own."""

    def setUp(self):
        super().setUp()
        self.write("lease/lease.go", LEASE)

    def found(self, settings, used="println(l.ID())", released="l.Release()", rule="resource-leak"):
        self.write("p/a.go", LEASE_USER.format(used=used, released=released))
        self.write(".gdlint.toml", settings)
        code, found, err = self.lint("--disable", "all", "--enable", rule, "./p")
        self.assertEqual(err, "")
        self.assertIn(code, (0, 1))
        return found

    LEAK = ["p/a.go:6 warning resource-leak"]

    def test_a_method(self):
        self.assertEqual(self.found(""), [])
        self.assertEqual(self.found(LEASE_SETTINGS), self.LEAK)
        self.assertEqual(self.found(LEASE_SETTINGS, used="defer l.Release()", released=""), [])

    def test_a_function(self):
        self.assertEqual(self.found(LEASE_SETTINGS, released="lease.Drop(l)"), self.LEAK)
        self.assertEqual(self.found(LEASE_SETTINGS, used="defer lease.Drop(l)", released=""), [])
        self.assertEqual(self.found(LEASE_SETTINGS, used="lease.Drop(l)", released=""), [])

    def test_patterns(self):
        pattern = LEASE_SETTINGS.replace('"(*example.com/m/lease.Store).Take"', "'/Store\\)\\.T/'")
        self.assertEqual(self.found(pattern), self.LEAK)
        self.assertEqual(self.found(pattern.replace("T/", "X/")), [])
        self.assertEqual(self.found(LEASE_SETTINGS.replace("m/lease.Store).Take", "m/*).Take")), self.LEAK)

    def test_who_keeps_it(self):
        # Of a body that is not read nothing is known, but who releases it after the call has kept it.
        self.assertEqual(self.found(LEASE_SETTINGS, used="lease.Show(l)", released=""), [])
        self.assertEqual(self.found(LEASE_SETTINGS, used="lease.Show(l)"), self.LEAK)
        for use, found in (("borrows", self.LEAK), ("takes", [])):
            settings = f'[functions]\n{use} = ["example.com/m/lease.Show"]\n{LEASE_SETTINGS}'
            self.assertEqual(self.found(settings, used="lease.Show(l)", released=""), found)
        settings = f'[functions]\nreturns = ["example.com/m/lease.Same"]\n{LEASE_SETTINGS}'
        self.assertEqual(self.found(settings, used="l = lease.Same(l)"), self.LEAK)
        self.assertEqual(self.found(settings, used="m := lease.Same(l); defer m.Release()", released=""), [])

    def test_no_error_result(self):
        self.assertEqual(self.found(LEASE_SETTINGS + 'error = "none"\n'), self.LEAK)

    def test_a_function_that_is_to_be_called(self):
        settings = '[[resources]]\nkind = "entry"\nacquire = ["example.com/m/lease.Enter"]\nrelease = ["()"]\n'
        text = LEASE_USER.replace('l, err := s.Take("a")', "leave, ok := lease.Enter()").replace("err != nil", "!ok")
        for released, found in (("leave()", self.LEAK), ("_ = leave", self.LEAK)):
            self.write("p/a.go", text.replace("return err\n", "return nil\n").format(used="", released=released))
            self.write(".gdlint.toml", settings)
            self.assertEqual(self.lint("./p")[1], found)
        self.write("p/a.go", text.replace("return err\n", "return nil\n").format(used="defer leave()", released=""))
        self.assertEqual(self.lint("./p")[1], [])

    def test_a_kind_that_is_known(self):
        settings = '[[resources]]\nkind = "file"\nacquire = ["example.com/m/lease.Archive"]\n'
        text = LEASE_USER.replace('s.Take("a")', "lease.Archive()")
        self.write("p/a.go", text.format(used="println(l.Name())", released="l.Close()"))
        self.assertEqual(self.lint("./p")[1], [])
        self.write(".gdlint.toml", settings)
        self.assertEqual(self.lint("./p")[1], self.LEAK)

    def test_what_a_release_is(self):
        lost = ["p/a.go:10 warning close-error-lost"]
        self.assertEqual(self.found(LEASE_SETTINGS, "defer l.Release()", "", "close-error-lost"), [])
        settings = LEASE_SETTINGS + 'release-error = "matters"\n'
        self.assertEqual(self.found(settings, "defer l.Release()", "", "close-error-lost"), lost)
        self.assertEqual(self.found(settings, "defer lease.Drop(l)", "", "close-error-lost"), [])
        twice = ("defer l.Release()", "lease.Drop(l)", "double-close")
        self.assertEqual(self.found(LEASE_SETTINGS, *twice), [])
        self.assertEqual(self.found(LEASE_SETTINGS + "idempotent = false\n", *twice),
                         ["p/a.go:14 warning double-close"])
        used = ("l.Release()", "println(l.ID())", "use-after-close")
        self.assertEqual(self.found(LEASE_SETTINGS, *used), ["p/a.go:14 error use-after-close"])
        self.assertEqual(self.found(LEASE_SETTINGS + 'usable-after-release = ["ID"]\n', *used), [])

    def test_the_end_of_the_process(self):
        text = LEASE_USER.replace("import ", 'import "os"\n\nimport ')
        text = text.format(used="defer l.Release()", released="os.Exit(1)")
        self.write("p/a.go", text)
        for setting, found in (("true", ["p/a.go:16 info defer-skipped-by-exit"]),
                               ("false", ["p/a.go:16 warning defer-skipped-by-exit"])):
            self.write(".gdlint.toml", f"{LEASE_SETTINGS}ends-with-process = {setting}\n")
            self.assertEqual(self.lint("--disable", "all", "--enable", "defer-skipped-by-exit", "./p")[1], found)


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
