"""`gdlint explain`: which functions a name stands for, and how it ends.

What it says of a function is recorded in tests/golden/explain.

Usage: explain_test.py GDLINT [unittest arguments]
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())

SHIP = """package ship

type Box struct{ open bool }

func (b *Box) Close() error {
	defer b.note()
	return nil
}

func (b Box) note() {}

type Door struct{}

func (Door) Close() error { return nil }

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(item T) { s.items = append(s.items, item) }

func Close() {}

func Run(work func()) {
	defer func() {
		func() { recover() }()
	}()
	work()
}
"""
MAIN = """package main

import "example.com/m/ship"

func Run() { ship.Run(func() {}) }

func main() { Run() }
"""


class ExplainTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gdlint.")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("go.mod", "module example.com/m\n\ngo 1.26\n")
        self.write("ship/ship.go", SHIP)
        self.write("main.go", MAIN)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run_gdlint(self, *arguments):
        return subprocess.run(
            [GDLINT, "explain", *arguments], cwd=self.root, capture_output=True, text=True, timeout=60, check=False)

    def names(self, *arguments):
        """The functions that are explained."""
        done = self.run_gdlint("--json", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [function["name"] for function in json.loads(done.stdout)["functions"]]

    def fails(self, *arguments):
        """Standard error of what is wrong usage."""
        done = self.run_gdlint(*arguments)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        return done.stderr

    def test_names(self):
        box = "(*example.com/m/ship.Box).Close"
        for name in ("Box.Close", "(*Box).Close", "ship.Box.Close", "ship.(*Box).Close", "m/ship.Box.Close",
                     "example.com/m/ship.(*Box).Close"):
            self.assertEqual(self.names(name), [box], name)
        self.assertEqual(self.names("Stack.Push"), self.names("(*Stack[T]).Push"))
        self.assertEqual(self.names("ship.Run$1"), ["example.com/m/ship.Run$1"])
        self.assertEqual(self.names("Run$1$1"), ["example.com/m/ship.Run$1$1"])

    def test_several_functions(self):
        self.assertEqual(self.names("Run"), ["example.com/m.Run", "example.com/m/ship.Run"])
        # A function of the name goes before methods.
        self.assertEqual(self.names("Close"), ["example.com/m/ship.Close"])
        self.assertEqual(self.names("Push"), ["(*example.com/m/ship.Stack).Push"])
        text = self.run_gdlint("Run").stdout
        self.assertEqual(text.count("ways out:"), 2)
        self.assertIn("\n\nship/ship.go:22:6: example.com/m/ship.Run: ", text)

    def test_packages(self):
        self.assertEqual(self.names("Run", "./ship"), ["example.com/m/ship.Run"])
        self.assertEqual(self.names("main", "main.go"), ["command-line-arguments.main"])
        self.assertIn("there is no function, and no rule, `main`", self.fails("main", "./ship"))

    def test_format(self):
        self.assertEqual(self.run_gdlint("Run", "--format", "json").stdout, self.run_gdlint("--json", "Run").stdout)

    def test_rules_and_functions(self):
        self.assertIn("defer-in-loop", self.run_gdlint("defer-in-loop").stdout)
        self.assertIn("unknown rule `defer-in-lop`; did you mean `defer-in-loop`?", self.fails("defer-in-lop"))

    def test_unknown_functions(self):
        self.assertIn("did you mean `Box.Close`?", self.fails("Box.Clse"))
        self.assertIn("did you mean `Close`?", self.fails("Clsoe"))
        self.assertIn("./...", self.fails("NothingOfTheKind"))
        self.assertIn("usage: ", self.fails())

    def test_settings(self):
        self.write(".gdlint.toml", '[functions]\nexits = ["example.com/m/ship.Close"]\n')
        self.assertIn("Close: may end the process", self.run_gdlint("ship.Close").stdout)
        self.write(".gdlint.toml", "[functions]\nexit = 1\n")
        self.assertIn(".gdlint.toml:2", self.fails("ship.Close"))

    def test_code_with_errors(self):
        self.write("wrong.go", "package main\n\nfunc wrong() { undeclared() }\n")
        done = self.run_gdlint("ship.Run")
        self.assertEqual(done.returncode, 3)
        self.assertIn("undefined: undeclared", done.stderr)
        self.assertIn("ways out:", done.stdout)

    def test_nothing_of_the_source_reaches_the_terminal(self):
        self.write("ship/odd.go", 'package ship\n\nfunc odd() {\n\tdefer print("\x1b[31m" + name())\n}\n\n'
                                  "func name() string { return \"\" }\n")
        text = self.run_gdlint("odd").stdout
        self.assertNotIn("\x1b", text)
        self.assertIn("\\x1b[31m", text)


if __name__ == "__main__":
    reporting.main()
