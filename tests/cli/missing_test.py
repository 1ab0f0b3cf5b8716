"""What is said, and what is not, where the source of a module is missing.

Usage: missing_test.py GDLINT [unittest arguments]
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())


class MissingTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gdlint.")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write("go.mod", "module example.com/m\n\ngo 1.26\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def lint(self, *arguments):
        """(exit code, the first line of each finding, standard error)"""
        done = subprocess.run(
            [GDLINT, "--no-summary", *arguments],
            cwd=self.root,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            timeout=120,
            check=False,
        )
        lines = done.stdout.decode(errors="replace").splitlines()
        places = [line for line in lines if re.match(r"\S.*\[[-a-z0-9]+\]$", line)]
        return done.returncode, places, done.stderr.decode(errors="replace")

    def test_what_is_missing_is_named_once(self):
        use = 'package p\n\nimport "example.com/missing"\n\nvar {} int = missing.X + missing.Y(1)\n'
        self.write("a.go", use.format("a"))
        self.write("b.go", use.format("b"))
        code, places, message = self.lint()
        self.assertEqual((code, places), (0, []))
        self.assertEqual(message.count("example.com/missing"), 1)

    def test_what_is_missing_may_have_any_member(self):
        self.write(
            "a.go",
            'package p\n\nimport "example.com/missing"\n\n'
            "type S struct{ missing.Base }\n\n"
            "type P struct{ *S }\n\n"
            "type I interface{ missing.Shape }\n\n"
            "func f(i I) float64 {\n\tP{}.Run(S{}.Field)\n\treturn i.Area()\n}\n\n"
            "type Number interface{ float64 | missing.Integer }\n\n"
            "func Sum[T Number](all ...T) (sum T) { return sum }\n\n"
            "type Box[T Number] struct{ t T }\n\n"
            "type Wide interface{ missing.Integer }\n\n"
            "func g[T Wide](t T, b Box[int64]) { _, _, _ = Sum(1, 2), Sum[uint8](), Box[T]{t} }\n",
        )
        code, places, _ = self.lint()
        self.assertEqual((code, places), (0, []))

    def test_what_follows_from_what_is_missing_is_not_said(self):
        self.write(
            "a.go",
            'package p\n\nimport (\n\t"example.com/go-other"\n\t. "example.com/missing"\n)\n\n'
            "type named missing.Named\n\n"
            "func two(a, b int) {}\n\n"
            "func f(i interface{ M() }) {\n"
            "\tn, token := 1, 2\n"
            "\ts := make(missing.List, n)\n"
            "\t_ = map[string]int{missing.Key: token}\n"
            "\t_ = missing.Table{{1}: {2}}\n"
            "\ttwo(missing.Two())\n"
            "\tother.F(s, Dotted(), i.(named), named(-1))\n"
            "}\n",
        )
        code, places, message = self.lint()
        self.assertEqual((code, places), (0, []))
        self.assertIn("example.com/missing", message)

    def test_constraints_and_underlying_types_may_be_missing(self):
        self.write(
            "a.go",
            'package p\n\nimport "example.com/missing/go-client"\n\n'
            "type ID client.ID\n\n"
            "type Levels client.Levels\n\n"
            "const none ID = 0\n\n"
            "var client ID\n\n"
            "func Max[T client.Ordered](a, b T) T {\n\tif a < b {\n\t\treturn b\n\t}\n\treturn a + 1\n}\n\n"
            'func f(id ID, levels Levels) int {\n\tif id == "" || levels == nil {\n\t\treturn len(levels)\n\t}\n'
            "\tpanic(client.New(id))\n}\n",
        )
        self.write(
            "b/b.go",
            'package b\n\nimport p "example.com/m"\n\nfunc Is(id p.ID) bool { return id == "" || id == p.ID("x") }\n',
        )
        self.write("c/c.go", "package c\n\nvar _ = missing\n")
        code, places, message = self.lint()
        self.assertEqual((code, places), (3, ["c/c.go:3:9: error: undefined: missing [undeclared-name]"]))
        self.assertIn("example.com/missing/go-client", message)

    def test_what_a_function_that_is_left_out_may_unlock(self):
        self.write(
            "a.go",
            'package p\n\nimport (\n\t"sync"\n\n\t"example.com/missing"\n)\n\n'
            "type batch struct {\n\t*writes\n\tsync.Locker\n}\n\n"
            "type writes struct{ w missing.Writes }\n\n"
            "func (w *writes) undo() { w.w.Rollback() }\n\n"
            "func (b *batch) Lock() { b.Locker.Lock() }\n\n"
            "func (b *batch) Unlock() {\n\tb.w.Rollback()\n\tb.Locker.Unlock()\n}\n\n"
            "type db struct{ b *batch }\n\n"
            "func (d *db) flush() {\n\tt := d.b\n\tt.Lock()\n\tdefer t.Unlock()\n\tprintln(1)\n}\n",
        )
        self.assertEqual(self.lint()[:2], (0, []))

    def test_what_a_dependency_misses(self):
        self.write(
            "lib/lib.go",
            'package lib\n\nimport "example.com/missing"\n\n'
            "type T struct{ M missing.M }\n\n"
            "type Named missing.M\n\n"
            "func Get() missing.M { return missing.New() }\n\n"
            "func Use() int {\n\tm := Get()\n\treturn m.Len()\n}\n",
        )
        self.write(
            "mid/mid.go",
            'package mid\n\nimport "example.com/m/lib"\n\n'
            "func Len() int {\n\tx := lib.Get().Self()\n\treturn x.Len() + lib.Use() + lib.T{}.M.Len()\n}\n",
        )
        self.write(
            "a.go",
            'package p\n\nimport (\n\t"example.com/m/lib"\n\t"example.com/m/mid"\n)\n\n'
            "func F() int {\n\tx := lib.Get().Self()\n\tdefer x.Close()\n\treturn x.Len() + mid.Len()\n}\n\n"
            "func G() *lib.Named {\n\tn := &lib.Named{Field: 1}\n\treturn n\n}\n\n"
            "func H() []lib.Named {\n\tn := []*lib.Named{{Field: 1}, {2, 3}}\n\treturn []lib.Named{{1}, *n[0]}\n}\n\n"
            "func I(m map[lib.Named]lib.Named, n lib.Named) {\n\tfor k, v := range m {\n\t\tm[k] = v\n\t}\n\tm[lib.Named{}] = n\n}\n",
        )
        code, places, message = self.lint(".")
        self.assertEqual((code, places), (0, []))
        self.assertNotIn("internal error", message)


if __name__ == "__main__":
    reporting.main()
