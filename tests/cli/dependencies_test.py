"""What functions of dependencies do, found in their bodies.

Usage: dependencies_test.py GDLINT [unittest arguments]
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())

DEP = """package dep

import "os"

type Log struct{ lines int }

// Die does not return, but only its callee says so.
func (l *Log) Die(message string) {
	l.lines++
	leave(message, l.lines)
}

func leave(message string, code int) {
	println(message)
	os.Exit(code)
}

func (l *Log) Note(message string) {
	l.lines++
	println(message)
}

func Fatal[T any](value T) { leave("fatal", 1) }
"""

APP = """package main

import (
	"os"

	"example.com/dep"
)

func work(l *dep.Log) {
	f, err := os.Create("x")
	if err != nil {
		return
	}
	defer f.Close()
	if f.Name() == "" {
		%s
	}
}

func main() {
	work(&dep.Log{})
}
"""


HELPERS = """package dep

import "os"

var opened []*os.File

func IsEmpty(f *os.File) bool { return size(f) == 0 }

func size(f *os.File) int {
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return len(info.Name())
}

func Keep(f *os.File) { opened = append(opened, f) }

func Shut(f *os.File) { f.Close() }
"""

READER = """package main

import (
	"os"

	"example.com/dep"
)

func read(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	dep.%s(f)
	return nil
}

func main() { read("x") }
"""


class DependenciesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gdlint.")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("dep/go.mod", "module example.com/dep\n\ngo 1.22\n")
        self.write("dep/dep.go", DEP)
        self.write("app/go.mod", "module example.com/app\n\ngo 1.22\n\n"
                   "require example.com/dep v0.0.0\n\nreplace example.com/dep => ../dep\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def lint(self, call, *arguments):
        self.write("app/main.go", APP % call)
        return subprocess.run(
            [GDLINT, "--goroot", str(self.goroot()), *arguments, "./..."], cwd=self.root / "app",
            capture_output=True, text=True, timeout=60, check=False)

    @staticmethod
    def goroot():
        return pathlib.Path(__file__).resolve().parents[1] / "goroot"

    def test_a_method_that_ends_the_process_by_its_callee(self):
        done = self.lint('l.Die("no name")')
        self.assertIn("main.go:16:3:", done.stdout)
        self.assertIn("[defer-skipped-by-exit]", done.stdout)
        self.assertEqual(done.returncode, 1, done.stderr)

    def test_a_generic_function(self):
        done = self.lint("dep.Fatal(1)")
        self.assertIn("main.go:16:3:", done.stdout)
        self.assertIn("[defer-skipped-by-exit]", done.stdout)

    def test_a_method_that_returns(self):
        done = self.lint('l.Note("no name")')
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_a_body_with_errors_says_nothing(self):
        self.write("dep/dep.go", DEP.replace("println(message)\n\tos", "x := 1 + \"\"\n\tos"))
        done = self.lint('l.Die("no name")')
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_a_dependency_with_syntax_errors(self):
        self.write("dep/bad.go", "package dep\n\nfunc (\n")
        done = self.lint('l.Die("no name")')
        self.assertNotIn("defer-skipped-by-exit", done.stdout)

    def test_nothing_is_said_of_the_dependency_itself(self):
        self.write("dep/loop.go", "package dep\n\nfunc Loop(l *Log) {\n\tfor {\n\t\tdefer l.Note(\"\")\n\t}\n}\n")
        done = self.lint("dep.Loop(l)")
        self.assertNotIn("loop.go", done.stdout)

    def read(self, helper):
        self.write("dep/files.go", HELPERS)
        self.write("app/main.go", READER % helper)
        return subprocess.run(
            [GDLINT, "--goroot", str(self.goroot()), "./..."], cwd=self.root / "app",
            capture_output=True, text=True, timeout=60, check=False)

    def test_what_is_lent_to_a_dependency_is_still_to_be_closed(self):
        self.assertIn("main.go:10:12: warning: `f` may be still open", self.read("IsEmpty").stdout)

    def test_what_a_dependency_keeps_or_closes_is_not(self):
        for helper in "Keep", "Shut":
            done = self.read(helper)
            self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_more_than_is_read_is_said(self):
        names = [f"f{i}" for i in range(66)]
        for name in names:
            self.write(f"dep/{name}.go", f"package dep\n\nfunc {name}() {{\n/*{'x' * 2 ** 20}*/\n}}\n")
        calls = "".join(f"\t{name}()\n" for name in names)
        self.write("dep/all.go", f"package dep\n\nfunc All() {{\n{calls}}}\n")
        done = self.lint("dep.All()")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("functions (63 MiB) were read and no more", done.stderr)
        self.assertEqual(self.lint("dep.All()", "--quiet").stderr, "")

    def test_no_go_is_needed(self):
        self.write("app/main.go", "package main\n\nimport \"os\"\n\nfunc main() {\n\tf, err := os.Open(\"x\")\n"
                   "\tif err != nil || f.Name() == \"\" {\n\t\treturn\n\t}\n\tf.Close()\n}\n")
        done = subprocess.run(
            [GDLINT, "--goroot", "built-in", "./..."], cwd=self.root / "app",
            capture_output=True, text=True, timeout=60, check=False)
        self.assertIn("main.go:6:12: info: `f` may be still open", done.stdout)
        self.assertEqual(done.returncode, 1, done.stderr)

    def test_threads_change_nothing(self):
        outputs = {self.lint('l.Die("no name")', "--jobs", str(n)).stdout for n in (1, 2, 8)}
        self.assertEqual(len(outputs), 1)


if __name__ == "__main__":
    reporting.main()
