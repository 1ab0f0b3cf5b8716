"""Runs gdlint on small trees: what it prints, and how it exits.

Usage: cli_test.py GDLINT [unittest arguments]
"""

import json
import os
import pathlib
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())

IS_SANITIZED = os.environ.get("GDLINT_MEMORY_SCALE", "1") != "1"

# One finding of defer-in-loop, at 12:3.
LOOP = """package p

import "os"

func Loop(names []string) error {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}

		defer f.Close()
	}
	return nil
}
"""
CLEAN = "package p\n\nfunc Clean() {}\n"
BROKEN = "package p\n\nfunc Broken( {\n"
# A finding below go1.22 only.
CAPTURE = """package p

func Capture(n int) {
	for i := 0; i < n; i++ {
		func() {
			defer func() { println(i) }()
		}()
		go func() { println(i) }()
	}
}
"""


class CliTest(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="gdlint."))
        self.addCleanup(self.remove_tree)
        self.write("go.mod", "module example.com/m\n\ngo 1.26\n")

    def remove_tree(self):
        for path in self.root.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(self.root)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, str):
            text = text.encode()
        path.write_bytes(text)

    def run_gdlint(self, *arguments, env=None, cwd=None, **options):
        variables = {"PATH": os.environ["PATH"], **(env or {})}
        return subprocess.run(
            [GDLINT, *arguments],
            cwd=cwd or self.root,
            env=variables,
            capture_output=True,
            timeout=120,
            check=False,
            **options,
        )

    def lint(self, *arguments, **options):
        """(exit code, the first line of each finding, standard error)"""
        done = self.run_gdlint("--no-summary", *arguments, **options)
        lines = done.stdout.decode(errors="replace").splitlines()
        places = [line for line in lines if re.match(r"\S.*\[[-a-z0-9]+\]$", line)]
        return done.returncode, places, done.stderr.decode(errors="replace")

    def inputs(self, *arguments, **options):
        done = self.run_gdlint("debug", "inputs", *arguments, **options)
        return done.stdout.decode().split()


class ExitCodeTest(CliTest):
    def test_clean(self):
        self.write("a.go", CLEAN)
        done = self.run_gdlint()
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout, b"0 findings in 1 file\n")
        self.assertEqual(done.stderr, b"")

    def test_findings(self):
        self.write("a.go", LOOP)
        code, places, _ = self.lint()
        self.assertEqual(code, 1)
        self.assertEqual(len(places), 1)
        self.assertTrue(places[0].startswith("a.go:12:3: "))
        self.assertTrue(places[0].endswith(" [defer-in-loop]"))

    def test_syntax_errors_win_and_the_rest_is_analysed(self):
        self.write("a.go", LOOP)
        self.write("b.go", BROKEN)
        done = self.run_gdlint()
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"a.go:12:3: ", done.stdout)
        self.assertIn(b"b.go:3:14: error: ", done.stdout)
        self.assertIn(b"1 could not be analysed", done.stdout)

    def test_wrong_usage(self):
        for arguments, words in (
            (["nowhere.go"], "nowhere.go: no such file or directory"),
            (["--bogus"], "unknown flag `--bogus`"),
            (["--disable", "defer-in-lop"], "did you mean `defer-in-loop`?"),
            (["explain", "defer-in-lop"], "did you mean `defer-in-loop`?"),
            (["expalin", "defer-in-loop"], "did you mean `explain`?"),
            (["debug", "toknes", "a.go"], "did you mean `tokens`?"),
            (["debug", "tokens"], "no files"),
            (["--format", "xml"], "is not one of html, json, text"),
            (["example.org/other"], "no package of this module"),
            ([""], "empty"),
        ):
            with self.subTest(arguments=arguments):
                done = self.run_gdlint(*arguments)
                self.assertEqual(done.returncode, 2)
                self.assertIn(words, done.stderr.decode())
                self.assertEqual(done.stdout, b"")

    def test_nothing_to_analyse_is_not_silent(self):
        done = self.run_gdlint()
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"no Go files", done.stderr)

    def test_closed_pipe_is_quiet(self):
        again = LOOP.partition("\n\n")[2].partition("\n\n")[2]
        self.write("a.go", LOOP + "".join(again.replace("Loop", f"Loop{i}") for i in range(2000)))
        read, write = os.pipe()
        os.close(read)
        process = subprocess.run(
            [GDLINT, "a.go"], cwd=self.root, stdout=write, stderr=subprocess.PIPE, check=False
        )
        os.close(write)
        self.assertEqual(process.returncode, 141)
        self.assertEqual(process.stderr, b"")

    def test_full_and_closed_outputs(self):
        self.write("a.go", LOOP)
        with open("/dev/full", "wb") as full:
            done = subprocess.run(
                [GDLINT, "a.go"], cwd=self.root, stdout=full, stderr=subprocess.PIPE, check=False
            )
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"no space left", done.stderr.lower())
        done = subprocess.run(
            ["sh", "-c", '"$0" a.go >&-', GDLINT], cwd=self.root, capture_output=True, check=False
        )
        self.assertEqual(done.returncode, 2)
        self.assertEqual((self.root / "a.go").read_text(), LOOP)

    def test_signals_end_it_at_once(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            process = subprocess.Popen(
                [GDLINT, "-"], cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            # It waits for the end of its standard input.
            time.sleep(0.3)
            start = time.monotonic()
            process.send_signal(number)
            self.assertEqual(process.wait(timeout=10), code)
            self.assertLess(time.monotonic() - start, 1)
            process.stdin.close()
            process.stdout.close()


class SelectionTest(CliTest):
    def names(self, *arguments, **options):
        return sorted(self.inputs(*arguments, **options))

    def test_names_that_the_go_command_passes_over(self):
        for name in (
            "a.go", "_b.go", ".c.go", "d.txt", "sub/e.go", "testdata/f.go", "_g/g.go",
            ".h/h.go", "vendor/v.go", "vendor/x/x.go", "sub/testdata/y/z.go",
            "sub/vendor/x/w.go",
        ):
            self.write(name, CLEAN)
        self.assertEqual(self.names("./..."), ["a.go", "sub/e.go", "vendor/v.go"])
        self.assertEqual(self.names("."), ["a.go", "sub/e.go", "vendor/v.go"])
        self.assertEqual(self.names("testdata"), ["testdata/f.go"])
        self.assertEqual(self.names("_g/..."), ["_g/g.go"])
        self.assertEqual(self.names("vendor/x"), ["vendor/x/x.go"])
        self.assertEqual(self.names("_b.go"), ["_b.go"])

    def test_nested_modules(self):
        self.write("a.go", CLEAN)
        self.write("sub/go.mod", "module example.com/sub\n\ngo 1.21\n")
        self.write("sub/b.go", CLEAN)
        self.assertEqual(self.names("./..."), ["a.go"])
        self.assertEqual(self.names("."), ["a.go", "sub/b.go"])
        self.assertEqual(self.names("sub/..."), ["sub/b.go"])

    def test_each_module_has_its_language(self):
        self.write("a.go", CAPTURE)
        self.write("sub/go.mod", "module example.com/sub\n\ngo 1.21\n")
        self.write("sub/b.go", CAPTURE)
        code, places, _ = self.lint(".")
        self.assertEqual(code, 1)
        self.assertTrue(places)
        self.assertTrue(all(place.startswith("sub/b.go:") for place in places), places)

    def test_a_file_may_choose_its_language(self):
        self.write("new.go", "//go:build go1.21\n\n" + CAPTURE)
        self.write("old/go.mod", "module example.com/old\n\ngo 1.20\n")
        self.write("old/upgraded.go", "//go:build go1.22\n\n" + CAPTURE)
        _, places, _ = self.lint(".")
        self.assertTrue(places)
        self.assertTrue(all(place.startswith("new.go:") for place in places), places)
        code, places, _ = self.lint("--lang", "go1.22", ".")
        self.assertEqual((code, places), (0, []))
        _, places, _ = self.lint("--lang=go1.21", "old")
        self.assertTrue(places)

    def test_ignored_directories_of_go_mod(self):
        self.write("go.mod", "module m\n\ngo 1.26\n\nignore (\n\t./a\n\tb/c\n)\n")
        for name in ("a/x.go", "d/a/x.go", "b/c/x.go", "e/b/c/x.go", "b/d/x.go"):
            self.write(name, CLEAN)
        self.assertEqual(self.names("./..."), ["b/d/x.go", "d/a/x.go"])

    def test_a_version_of_the_future(self):
        self.write("go.mod", "module m\n\ngo 999\n")
        self.write("a.go", CLEAN)
        done = self.run_gdlint()
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"go 999 is newer than go1.26", done.stderr)

    def test_patterns(self):
        for name in ("ab/x.go", "ac/x.go", "b/x.go", "ab/c/x.go"):
            self.write(name, CLEAN)
        self.assertEqual(self.names("./a..."), ["ab/c/x.go", "ab/x.go", "ac/x.go"])
        self.assertEqual(self.names("./.../c"), ["ab/c/x.go"])
        self.assertEqual(self.names("ab/..."), ["ab/c/x.go", "ab/x.go"])
        self.assertEqual(self.names("example.com/m/ab"), ["ab/x.go"])
        self.assertEqual(self.names("example.com/m/ab/..."), ["ab/c/x.go", "ab/x.go"])
        self.assertEqual(self.names("example.com/m/..."), self.names("./..."))
        below = self.root / "ab"
        self.assertEqual(self.names("../b", cwd=below), ["../b/x.go"])
        self.assertEqual(self.names("example.com/m/b", cwd=below), ["../b/x.go"])
        self.assertEqual(self.names(f"{self.root}/b"), [f"{self.root}/b/x.go"])

    def test_a_file_named_twice_is_one(self):
        self.write("a.go", CLEAN)
        self.assertEqual(self.names("a.go", "./a.go", ".", f"{self.root}/a.go"), ["a.go"])

    def test_build_constraints(self):
        self.write("a_linux.go", CLEAN)
        self.write("a_windows.go", CLEAN)
        self.write("b.go", "//go:build special\n\n" + CLEAN)
        self.write("c.go", "// +build !linux\n\n" + CLEAN)
        linux = ["--goos=linux", "--goarch=amd64"]
        self.assertEqual(self.names(".", *linux), ["a_linux.go"])
        self.assertEqual(self.names(".", *linux, "-tags", "special"), ["a_linux.go", "b.go"])
        self.assertEqual(self.names(".", env={"GOOS": "windows"}), ["a_windows.go", "c.go"])
        self.assertEqual(self.names("a_windows.go", "c.go", *linux), ["a_windows.go", "c.go"])
        done = self.run_gdlint(*linux)
        self.assertEqual(
            done.stdout, b"0 findings in 1 file; 3 files excluded by build constraints\n"
        )

    def test_wrong_constraints_are_named(self):
        self.write("a.go", "//go:build " + "(" * 5000 + "\n\n" + CLEAN)
        self.write("b.go", CLEAN)
        done = self.run_gdlint()
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"a.go: parsing //go:build line: build expression too large", done.stderr)
        self.assertIn(b"in 1 file;", done.stdout)

    def test_cgo(self):
        self.write("a.go", 'package p\n\nimport "C"\n')
        self.write("b.go", CLEAN)
        self.assertEqual(self.names(".", env={"CGO_ENABLED": "0"}), ["b.go"])
        self.assertEqual(self.names(".", env={"CGO_ENABLED": "1"}), ["a.go", "b.go"])

    def test_what_cgo_declares_is_not_known(self):
        self.write("a.go", """package p

// int again();
import "C"

const tryAgain = C.EAGAIN

var first = C.again()

type errno int

func (e errno) IsTemporary() bool { return e == tryAgain }
func again() bool                 { return C.again() != 0 || -tryAgain < 0 }
""")
        self.write("b.go", LOOP)
        done = self.run_gdlint(".", env={"CGO_ENABLED": "1"})
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"[defer-in-loop]", done.stdout)

    def test_tests_flag(self):
        self.write("a_test.go", LOOP)
        self.write("a.go", CLEAN)
        self.assertEqual(self.names("."), ["a.go", "a_test.go"])
        self.assertEqual(self.names(".", "--tests=false"), ["a.go"])

    def test_standard_input(self):
        done = self.run_gdlint("--no-summary", "-", input=LOOP.encode())
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stdout.startswith(b"<standard input>:12:3: "), done.stdout)
        self.assertEqual(self.run_gdlint("-", input=b"").returncode, 3)

    def test_packages_of_the_standard_library(self):
        goroot = self.root / "goroot"
        for name in ("runtime/proc.go", "net/a.go", "net/http/b.go", "net/http/c_test.go"):
            self.write(f"goroot/src/{name}", CLEAN)
        self.write("goroot/src/go.mod", "module std\n\ngo 1.26\n")
        env = {"GOROOT": str(goroot)}
        src = f"{goroot}/src"
        self.assertEqual(self.names("net", env=env), [f"{src}/net/a.go"])
        self.assertEqual(
            self.names("net/...", "--tests=false", env=env),
            [f"{src}/net/a.go", f"{src}/net/http/b.go"],
        )
        self.assertEqual(len(self.names("std", env=env)), 4)
        self.assertEqual(len(self.names("std", "--goroot", str(goroot))), 4)
        # Where `std` is the module's own path.
        self.assertEqual(len(self.names("std", env=env, cwd=src)), 4)
        done = self.run_gdlint("debug", "files", "net/...", env=env)
        self.assertEqual(done.stdout, b"net\ta.go\nnet/http\tb.go\n")
        done = self.run_gdlint("nothere", env=env)
        self.assertEqual(done.returncode, 2)
        done = self.run_gdlint("net", "--goroot", str(self.root))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--goroot", done.stderr)

    def test_files_of_packages(self):
        goroot = self.root / "goroot"
        self.write("goroot/src/runtime/proc.go", "package runtime\n")
        self.write("goroot/src/fmt/print.go", "package fmt\n")
        self.write("goroot/src/fmt/scan_windows.go", "package fmt\n")
        self.write("m/go.mod", "module example.com/m\n\ngo 1.24\n")
        self.write("m/b.go", 'package m\n\nimport "fmt"\n')
        self.write("m/a.go", 'package m\n\nimport "example.com/m/sub"\n')
        self.write("m/c.go", 'package m\n\nimport "C"\n')
        self.write("m/sub/s.go", "package sub\n")
        self.write("m/sub/s_test.go", "package sub\n")
        self.write("m/sub/x_test.go", 'package sub_test\n\nimport "example.com/m/sub"\n')

        def files(*arguments, **variables):
            env = {"GOROOT": str(goroot), "CGO_ENABLED": "0", **variables}
            done = self.run_gdlint("debug", "files", *arguments, cwd=self.root / "m", env=env)
            return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()

        whole = ["example.com/m\ta.go b.go", "example.com/m/sub\ts.go"]
        self.assertEqual(files(), (0, whole, ""))
        self.assertEqual(files("./..."), (0, whole, ""))
        self.assertEqual(files("."), (0, whole[:1], ""))
        self.assertEqual(files("sub", "example.com/m/sub"), (0, whole[1:], ""))
        # Files of cgo are on another of go list's lists.
        self.assertEqual(files(".", "--goroot", str(goroot), CGO_ENABLED="1"), (0, whole[:1], ""))
        for flag in ("-deps", "--deps"):
            self.assertEqual(files(flag, "."), (0, [*whole, "fmt\tprint.go"], ""))
        self.assertIn("fmt\tprint.go scan_windows.go", files("--deps", ".", "--goos", "windows")[1])
        self.assertEqual(
            files("--tests", "./sub"),
            (
                0,
                [
                    "example.com/m/sub\ts.go",
                    "example.com/m/sub [example.com/m/sub.test]\ts.go s_test.go",
                    "example.com/m/sub_test [example.com/m/sub.test]\tx_test.go",
                ],
                "",
            ),
        )
        self.write("m/d.go", 'package m\n\nimport "example.org/other"\n')
        code, lines, errors = files(".")
        self.assertEqual((code, lines), (3, ["example.com/m\ta.go b.go d.go"]))
        self.assertEqual(errors, "gdlint: d.go:3:8: no required module provides package example.org/other\n")
        self.assertEqual(files("./none")[0], 2)
        self.assertEqual(files("--tests=false", "./sub"), (0, whole[1:], ""))


class TypeErrorTest(CliTest):
    def test_a_package_that_does_not_compile(self):
        self.write("a.go", "package p\n\nfunc f() int {\n\tvar unused string = 1\n}\n")
        self.write("ok/ok.go", CLEAN)
        done = self.run_gdlint()
        lines = done.stdout.decode().splitlines()
        self.assertEqual(done.returncode, 3)
        self.assertIn("a.go:4:6: error: declared and not used: unused [unused-var]", lines)
        self.assertIn(
            "a.go:4:22: error: cannot use 1 (untyped int constant) as string value in variable declaration"
            " [incompatible-assign]",
            lines,
        )
        self.assertIn("a.go:5:1: error: missing return [missing-return]", lines)
        self.assertEqual(lines[-1], "0 findings in 2 files; 1 package does not compile")

    def test_ten_type_errors_of_a_package(self):
        for name in "ab":
            names = "".join(f"\t{name}{i}()\n" for i in range(8))
            self.write(f"{name}.go", f"package p\n\nfunc {name}() {{\n{names}}}\n")
        code, places, _ = self.lint()
        self.assertEqual((code, len(places)), (3, 10))
        code, places, _ = self.lint("--errors")
        self.assertEqual((code, len(places)), (3, 16))

    def test_tests_are_checked_with_their_package(self):
        self.write("a.go", CLEAN)
        self.write("a_test.go", "package p\n\nvar _ = Clean\nvar _ = missing\n")
        self.write("x_test.go", 'package p_test\n\nimport "example.com/m"\n\nvar _ = p.Clean\nvar _ = p.Missing\n')
        code, places, _ = self.lint()
        self.assertEqual(code, 3)
        self.assertEqual(
            places,
            [
                "a_test.go:4:9: error: undefined: missing [undeclared-name]",
                "x_test.go:6:11: error: undefined: p.Missing [undeclared-imported-name]",
            ],
        )
        self.assertEqual(self.lint("--tests=false")[0], 0)

    def test_imports_of_other_packages(self):
        self.write("lib/lib.go", "package lib\n\ntype T[E any] struct{ Field E }\n")
        self.write("a.go", 'package p\n\nimport "example.com/m/lib"\n\nvar X string = lib.T[int]{}.Field\n')
        code, places, _ = self.lint()
        self.assertEqual(code, 3)
        self.assertEqual(len(places), 1)
        self.assertIn("cannot use lib.T[int]{}.Field (value of type int) as string value", places[0])


class FaultTest(CliTest):
    def test_links_and_strange_files(self):
        self.write("a.go", LOOP)
        os.symlink(self.root, self.root / "loop")
        os.symlink("/nowhere", self.root / "dangling.go")
        os.mkfifo(self.root / "pipe.go")
        self.write("dir.go/b.go", CLEAN)
        self.write("other/_target.go", LOOP.replace("Loop", "Other"))
        os.symlink("other/_target.go", self.root / "link.go")
        code, places, errors = self.lint()
        self.assertEqual(code, 3)
        self.assertEqual([place.split(":")[0] for place in places], ["a.go", "link.go"])
        self.assertIn("dangling.go: no such file or directory", errors)
        self.assertIn("pipe.go: is a named pipe, not a regular file", errors)
        self.assertNotIn("dir.go", errors)

    def test_what_may_not_be_read(self):
        self.write("a.go", LOOP)
        self.write("secret/b.go", CLEAN)
        self.write("c.go", CLEAN)
        self.root.chmod(0o755)
        (self.root / "secret").chmod(0)
        (self.root / "c.go").chmod(0)
        drop = {}
        if os.geteuid() == 0:
            # Root may read everything; nobody may not.
            drop["preexec_fn"] = lambda: os.setuid(65534)
        try:
            code, places, errors = self.lint(**drop)
        except PermissionError:
            self.skipTest("the program is where only root may run it")
        self.assertEqual((code, len(places)), (3, 1))
        self.assertIn("secret: permission denied", errors)
        self.assertIn("c.go: permission denied", errors)

    def test_size_limit(self):
        self.write("a.go", CLEAN)
        self.write("big.go", CLEAN + "//" + "x" * 5000 + "\n")
        done = self.run_gdlint("--max-file-size", "4K")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"big.go: larger than 4096 bytes", done.stderr)

    def test_names_are_escaped(self):
        name = b"x\x1b[31m\n\xff.go"
        (pathlib.Path(os.fsencode(self.root).decode()) / os.fsdecode(name)).write_text(LOOP)
        done = self.run_gdlint("--no-summary")
        self.assertTrue(done.stdout.startswith(b"x\\x1b[31m\\n\\xff.go:12:3: "), done.stdout)
        done = self.run_gdlint("--format", "json")
        self.assertEqual(json.loads(done.stdout)["findings"][0]["file"], "x\x1b[31m\n\ufffd.go")

    def test_deep_directories(self):
        deep = self.root
        fd = os.open(deep, os.O_RDONLY)
        # Deeper than a path may be long.
        for _ in range(50):
            os.mkdir("d" * 100, dir_fd=fd)
            below = os.open("d" * 100, os.O_RDONLY, dir_fd=fd)
            os.close(fd)
            fd = below
        os.close(fd)
        self.write("a.go", LOOP)
        code, places, errors = self.lint()
        self.assertEqual((code, len(places)), (3, 1))
        self.assertIn("file name too long", errors)
        subprocess.run(["rm", "-rf", "d" * 100], cwd=self.root, check=True)

    def test_ten_errors_a_file(self):
        self.write("a.go", "package p\n" + "var x = )\n\n" * 100_000)
        done = self.run_gdlint("--no-summary")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(len(re.findall(rb"^a.go:\d+:\d+: error: ", done.stdout, re.M)), 10)
        self.assertRegex(done.stdout, rb"a\.go: \d+ more errors\n")

    @unittest.skipIf(IS_SANITIZED, "a sanitizer takes more address space than that")
    def test_little_memory(self):
        self.write("a.go", LOOP)
        limit = 300 << 20

        def limited():
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

        # Less than one deep stack: it does with the stack that it has.
        code, places, _ = self.lint("-j2", preexec_fn=limited)
        self.assertEqual((code, len(places)), (1, 1))

    @unittest.skipIf(IS_SANITIZED, "a sanitizer takes more address space than that")
    def test_a_file_beyond_memory_is_named(self):
        self.write("a.go", LOOP)
        self.write("b/b.go", b"package p\n" + b"var x = 1\n" * 6_000_000)
        limit = 300 << 20

        def limited():
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

        code, places, errors = self.lint("-j1", preexec_fn=limited)
        self.assertEqual((code, len(places)), (3, 1))
        self.assertIn("b/b.go: out of memory", errors)


class ReportTest(CliTest):
    def test_source_line_and_mark(self):
        self.write("a.go", LOOP)
        done = self.run_gdlint("--no-summary")
        lines = done.stdout.decode().splitlines()
        self.assertEqual(lines[1], "   12 |         defer f.Close()")
        self.assertRegex(lines[2], r"^      \|         \^~~~")

    def test_colour(self):
        self.write("a.go", LOOP)
        plain = self.run_gdlint().stdout
        self.assertNotIn(b"\x1b", plain)
        forced = self.run_gdlint("--color=always").stdout
        self.assertIn(b"\x1b[", forced)
        self.assertEqual(re.sub(rb"\x1b\[[\d;]*m", b"", forced), plain)

    def on_terminal(self, *arguments, env=None):
        try:
            parent, child = pty.openpty()
        except OSError as error:  # A container without /dev/pts.
            self.skipTest(str(error))
        variables = {"PATH": os.environ["PATH"], "TERM": "xterm", **(env or {})}
        process = subprocess.Popen(
            [GDLINT, *arguments], cwd=self.root, stdout=child, stderr=child, env=variables
        )
        os.close(child)
        output = b""
        while True:
            try:
                piece = os.read(parent, 4096)
            except OSError:
                break
            if not piece:
                break
            output += piece
        process.wait(timeout=60)
        os.close(parent)
        return output

    def test_colour_on_a_terminal(self):
        self.write("a.go", LOOP)
        self.assertIn(b"\x1b[1m", self.on_terminal())
        self.assertNotIn(b"\x1b[1m", self.on_terminal(env={"NO_COLOR": "1"}))
        self.assertNotIn(b"\x1b[1m", self.on_terminal(env={"TERM": "dumb"}))
        self.assertNotIn(b"\x1b[1m", self.on_terminal("--color=never"))
        self.assertIn(b"\x1b[1m", self.on_terminal("--color=always", env={"NO_COLOR": "1"}))

    def test_json(self):
        self.write("sub/a.go", LOOP)
        self.write("b.go", BROKEN)
        done = self.run_gdlint("--format=json", f"{self.root}/sub", "b.go")
        self.assertEqual(done.returncode, 3)
        report = json.loads(done.stdout)
        (finding,) = report["findings"]
        self.assertEqual(finding["file"], "sub/a.go")
        self.assertEqual((finding["line"], finding["column"]), (12, 3))
        self.assertEqual(finding["end_line"], 12)
        self.assertGreater(finding["end_column"], 3)
        self.assertEqual(finding["rule"], "defer-in-loop")
        self.assertIn(finding["severity"], ("warning", "info"))
        self.assertTrue(finding["message"])
        self.assertEqual(finding["fixes"], [])
        for place in finding["related"]:
            self.assertLessEqual({"file", "line", "column", "message"}, set(place))
        self.assertEqual(report["errors"][0]["file"], "b.go")
        self.assertEqual(report["summary"]["failed"], 1)

    def test_the_same_bytes_for_any_number_of_threads(self):
        for i in range(60):
            self.write(f"p{i % 7}/f{i}.go", (LOOP, CLEAN, BROKEN, CAPTURE)[i % 4]
                       .replace("func ", f"func F{i}"))
        for form in ("text", "json"):
            outputs = {
                self.run_gdlint("--format", form, "-j", jobs).stdout
                for jobs in ("1", "2", "4", "1", "4")
            }
            self.assertEqual(len(outputs), 1)

    def test_rules_can_be_chosen(self):
        self.write("a.go", LOOP)
        self.assertEqual(self.lint("--disable", "defer-in-loop")[:2], (0, []))
        self.assertEqual(self.lint("--disable", "all")[:2], (0, []))
        code, places, _ = self.lint("--disable=all", "--enable=defer-in-loop")
        self.assertEqual((code, len(places)), (1, 1))

    def test_quiet(self):
        self.write("a.go", CLEAN)
        self.write("go.mod", "module m\n\ngo 999\n")
        done = self.run_gdlint("-q")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_timings(self):
        self.write("a.go", LOOP)
        done = self.run_gdlint("--timings")
        self.assertEqual(done.stdout, self.run_gdlint().stdout)
        table = done.stderr.decode()
        for word in ("stage", "wall", "cpu", "files", "lines", "bytes", "read", "parse",
                     "check", "report", "total", "Peak memory"):
            self.assertIn(word, table)
        parse = next(line for line in table.splitlines() if line.startswith("parse"))
        self.assertEqual(parse.split()[-3:], ["1", str(LOOP.count("\n")), str(len(LOOP))])

    def test_time_checks(self):
        self.write("a.go", LOOP)
        done = self.run_gdlint("--time-checks", "--disable", "all", "--enable",
                               "defer-in-loop,resource-leak")
        table = done.stderr.decode().splitlines()
        self.assertEqual(table[0].split(), ["rule", "cpu", "share"])
        self.assertEqual({line.split()[0] for line in table[1:3]},
                         {"defer-in-loop", "resource-leak"})
        times = [float(line.split()[1]) for line in table[1:3]]
        self.assertEqual(times, sorted(times, reverse=True))
        self.assertEqual(len(table), 4)


class CommandTest(CliTest):
    def test_help_and_version(self):
        for arguments in (["--help"], ["-h"], ["help"], ["rules", "--help"]):
            done = self.run_gdlint(*arguments)
            self.assertEqual(done.returncode, 0)
            self.assertIn(b"gdlint explain RULE", done.stdout)
            self.assertLessEqual(max(map(len, done.stdout.splitlines())), 90)
        done = self.run_gdlint("--version")
        self.assertRegex(done.stdout, rb"^gdlint \d+\.\d+\.\d+ \(Go 1\.\d+\)\n$")

    def test_help_names_every_flag(self):
        text = self.run_gdlint("--help").stdout.decode()
        for flag in ("tags", "goos", "goarch", "tests", "max-file-size", "goroot", "lang",
                     "disable", "enable", "format", "color", "no-summary", "quiet", "timings",
                     "time-checks",
                     "jobs", "help", "version"):
            self.assertIn(f"--{flag}", text)

    def test_rules_and_explain(self):
        lines = self.run_gdlint("rules").stdout.decode().splitlines()
        names = [line.split()[0] for line in lines]
        self.assertIn("defer-in-loop", names)
        for name in names:
            done = self.run_gdlint("explain", name)
            self.assertEqual(done.returncode, 0)
            self.assertIn(name.encode(), done.stdout)
            self.assertGreater(len(done.stdout), 500)

    def test_variables_of_a_loop_that_cannot_be(self):
        # Their types are not known, and the functions are left out.
        for loop in ("name := range seq", "name = range seq"):
            self.write("a.go", "//go:build go1.21\n\npackage p\n\nfunc f(seq func(func(string) bool)) {\n"
                       f"\tvar name string\n\tfor {loop} {{\n\t\tdefer println(name)\n\t}}\n}}\n")
            result = self.run_gdlint("a.go")
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertIn(b"cannot range over seq", result.stdout)
            self.assertNotIn(b"internal error", result.stderr)

    def test_debug_dumps_every_file_below(self):
        self.write("testdata/b.go", CLEAN)
        self.write("a.go", CLEAN)
        self.write("_c.go", BROKEN)
        os.symlink("a.go", self.root / "link.go")
        done = self.run_gdlint("debug", "parse", ".")
        lines = done.stdout.decode().splitlines()
        self.assertEqual(lines[0].split("\t")[0], "_c.go")
        self.assertRegex(lines[0].split("\t")[1], r"^3:\d+: ")
        self.assertEqual(lines[-2:], ["a.go\tok", "testdata/b.go\tok"])
        done = self.run_gdlint("debug", "tokens", "a.go")
        self.assertEqual(
            done.stdout.decode().splitlines()[:3],
            ["# a.go", '1:1\tpackage\t"package"', '1:9\tIDENT\t"p"'],
        )
        done = self.run_gdlint("debug", "ast", "_c.go", "a.go")
        self.assertTrue(done.stdout.startswith(b"# _c.go\nerror\n# a.go\npackage p "), done.stdout)


if __name__ == "__main__":
    reporting.main()
