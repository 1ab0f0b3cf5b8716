"""`gdlint trace` on small programs. Usage: trace_test.py GDLINT [unittest arguments]

Programs need the sources of the standard library; without them nothing is tested.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())

REPLACED = """package main

import "runtime"

func main() {
	func() {
		defer func() {
			println(recover().(string))
		}()
		defer panic("second")
		panic("first")
	}()
	done := make(chan int)
	go func() {
		defer close(done)
		defer runtime.Goexit()
		panic("dropped")
	}()
	<-done
}
"""
RECOVERED = """package main

func f(x int) (err string) {
	defer println("last", x)
	defer func() {
		err = recover().(string)
	}()
	x++
	panic("boom")
}

func g() {
	defer println("g")
}

func main() {
	f(7)
	g()
}
"""
SKIPPED = """package main

import "os"

func main() {
	defer println("never")
	os.Exit(3)
}
"""
BOUNDS = """package main

func at(s []int, i int) (n int, err error) {
	defer func() {
		err, _ = recover().(error)
	}()
	return s[i], nil
}

func main() {
	at(nil, 5)
	defer func() {
		recover()
	}()
	var i any = "text"
	_ = i.(int)
}
"""
SQL = """package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
)

type drv struct{}
type conn struct{}
type tx struct{}
type stmt struct{}
type rows struct{ n int }

func (drv) Open(string) (driver.Conn, error)            { return conn{}, nil }
func (conn) Prepare(string) (driver.Stmt, error)        { return stmt{}, nil }
func (conn) Close() error                               { return nil }
func (conn) Begin() (driver.Tx, error)                  { return tx{}, nil }
func (tx) Commit() error                                { return nil }
func (tx) Rollback() error                              { return nil }
func (stmt) Close() error                               { return nil }
func (stmt) NumInput() int                              { return 0 }
func (stmt) Exec([]driver.Value) (driver.Result, error) { return driver.RowsAffected(1), nil }
func (stmt) Query([]driver.Value) (driver.Rows, error)  { return &rows{2}, nil }
func (*rows) Columns() []string                         { return []string{"n"} }
func (*rows) Close() error                              { return nil }
func (r *rows) Next(to []driver.Value) error {
	if r.n == 0 {
		return io.EOF
	}
	to[0] = int64(r.n)
	r.n--
	return nil
}

func read(db *sql.DB) {
	rs, _ := db.Query("select all")
	for rs.Next() {
	}
	rs, _ = db.Query("select first")
	defer rs.Close()
	rs.Next()
}

func book(db *sql.DB) error {
	t, _ := db.Begin()
	defer t.Rollback()
	s, _ := t.Prepare("insert")
	s.Exec()
	return t.Commit()
}

func main() {
	sql.Register("tiny", drv{})
	db, _ := sql.Open("tiny", "here")
	defer db.Close()
	read(db)
	book(db)
	c, _ := db.Conn(context.Background())
	c.Close()
	s, _ := db.Prepare("leaked")
	s.Exec()
	db.Begin()
}
"""
STAND_IN = """package main

import "database/sql"

func main() {
	db, err := sql.Open("postgres", "host=db")
	if err != nil {
		println(err.Error())
		return
	}
	defer db.Close()
	tx, _ := db.Begin()
	defer tx.Rollback()
	_, err = tx.Exec("insert into t values ($1)", 1)
	println(err == nil, tx.QueryRow("select").Scan() == sql.ErrNoRows)
	_, err = sql.Open("unheard-of", "")
	println(err.Error())
}
"""
GOEXIT = """package main

import "runtime"

func main() {
	done := make(chan int)
	x := 1
	go func() {
		defer close(done)
		defer println("bye", x)
		x = 2
		defer panic("first")
		defer func() {
			x = 3
			recover()
		}()
		runtime.Goexit()
	}()
	<-done
}
"""


class TraceTest(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="gdlint."))
        self.addCleanup(shutil.rmtree, self.root)

    def trace(self, program, *flags):
        """Standard output and exit code."""
        (self.root / "main.go").write_text(program)
        done = subprocess.run(
            [GDLINT, "trace", *flags, "main.go"], cwd=self.root, capture_output=True, text=True, timeout=60
        )
        if "standard library" in done.stderr:
            self.skipTest("no sources of the standard library")
        return done.stdout, done.returncode

    def messages(self, program, *flags):
        """What happens, without places and indentation."""
        out, _ = self.trace(program, *flags)
        return [line if line.startswith("|") else line[20:].strip() or line for line in out.splitlines()]

    def test_text(self):
        self.assertEqual(
            self.messages(RECOVERED),
            [
                'defer 1: println("last", 7)',
                "defer 2: main.f.func1()",
                'panic 1: "boom"',
                "main.f runs deferred call 2, main.f.func1 (panic)",
                'recover stops panic 1: "boom"',
                'result err = "boom"',
                "deferred call 2 returns",
                "main.f runs deferred call 1, println (return)",
                "| last 7",
                "deferred call 1 returns",
                'main.f returns (err = "boom")',
                'defer 3: println("g")',
                "main.g runs deferred call 3, println (return)",
                "| g",
                "deferred call 3 returns",
                "main.g returns ()",
                "exit code 0",
            ],
        )

    def test_one_function(self):
        for name in ("main.g", "g"):
            messages = self.messages(RECOVERED, "--func", name)
            self.assertIn('defer 3: println("g")', messages)
            self.assertNotIn('defer 1: println("last", 7)', messages)

    def test_run_time_errors_are_text(self):
        messages = self.messages(BOUNDS)
        bounds = 'runtime.boundsError("runtime error: index out of range [5] with length 0")'
        self.assertIn("panic 1: " + bounds, messages)
        self.assertIn("main.at returns (n = 0, err = %s)" % bounds, messages)
        self.assertIn(
            'panic 2: &runtime.TypeAssertionError("interface conversion: interface {} is string, not int")', messages
        )

    def resources(self, program):
        """What is opened and closed, and the program's output."""
        lines = [
            line if line.startswith(("|", "never closed: ")) else line[20:].strip()
            for line in self.trace(program)[0].splitlines()
        ]
        return [line for line in lines if line.startswith(("|", "opens ", "closes ", "never closed: "))]

    def test_database_handles(self):
        self.assertEqual(
            self.resources(SQL),
            [
                "opens sql.DB here",
                "opens sql.Rows select all",
                "closes sql.Rows select all",
                "opens sql.Rows select first",
                "closes sql.Rows select first",
                "opens sql.Tx",
                "opens sql.Stmt insert",
                "closes sql.Stmt insert",
                "closes sql.Tx",
                "opens sql.Conn",
                "closes sql.Conn",
                "opens sql.Stmt leaked",
                "opens sql.Tx",
                "closes sql.DB here",
                "never closed: sql.Stmt leaked",
                "never closed: sql.Tx",
            ],
        )
        out, _ = self.trace(SQL)
        # The places are the program's.
        for line in out.splitlines():
            if " opens " in line or " closes " in line:
                self.assertTrue(line.startswith("main.go:"), line)
        self.assertNotIn("std_", out)
        self.assertNotIn("goroutine", out)

    def test_database_without_a_driver(self):
        self.assertEqual(
            self.resources(STAND_IN),
            [
                "opens sql.DB host=db",
                "opens sql.Tx",
                "opens sql.Rows select",
                "closes sql.Rows select",
                "| true true",
                '| sql: unknown driver "unheard-of" (forgotten import?)',
                "closes sql.Tx",
                "closes sql.DB host=db",
            ],
        )

    def test_goexit_and_replaced(self):
        messages = self.messages(GOEXIT)
        self.assertIn('defer 2: println("bye", 1)', messages)
        self.assertIn("runtime.Goexit", messages)
        self.assertTrue(any(line.endswith(" (Goexit)") for line in messages))
        # A panic while the goroutine exits.
        self.assertIn('panic 1: "first"', messages)
        self.assertFalse(any("takes the place" in line for line in messages))

    def test_replaced(self):
        messages = self.messages(REPLACED)
        self.assertIn("panic 2 takes the place of panic 1", messages)
        self.assertIn('recover stops panic 2: "second"', messages)
        self.assertIn("panic 3 is dropped", messages)

    def test_json(self):
        out, code = self.trace(SKIPPED, "--json")
        self.assertEqual(code, 3)
        trace = json.loads(out)
        self.assertEqual(trace["exit_code"], 3)
        self.assertEqual([event["event"] for event in trace["events"]], ["defer", "skipped"])
        registered = trace["events"][0]
        self.assertEqual(registered["function"], "main.main")
        self.assertEqual(registered["line"], 6)
        self.assertEqual(registered["values"], [{"type": "string", "text": '"never"'}])
        self.assertEqual(trace["events"][1]["calls"], 1)

    def test_mermaid(self):
        out, _ = self.trace(RECOVERED, "--mermaid")
        lines = [line.strip() for line in out.splitlines()]
        self.assertEqual(lines[0], "sequenceDiagram")
        self.assertTrue(any(line.startswith("participant ") and line.endswith(" as main.f") for line in lines))
        self.assertTrue(any("deferred call 2 (panic)" in line for line in lines))
        self.assertEqual(sum("returns (err" in line for line in lines), 1)

    def run_tree(self, files, *arguments):
        """Runs `gdlint run` on a tree: standard output, standard error, exit code."""
        for name, text in files.items():
            (self.root / name).write_text(text)
        done = subprocess.run(
            [GDLINT, "run", *arguments], cwd=self.root, capture_output=True, text=True, timeout=60
        )
        if "standard library" in done.stderr:
            self.skipTest("no sources of the standard library")
        return done.stdout, done.stderr, done.returncode

    def test_internal_and_external_tests(self):
        files = {
            "go.mod": "module both\n\ngo 1.24\n",
            "a.go": "package both\n\nvar two = 2\n\nfunc Two() int { return two }\n",
            "a_test.go": 'package both\n\nimport "testing"\n\nfunc TestIn(t *testing.T) {\n\tprintln("in", two)\n}\n',
            "b_test.go": 'package both_test\n\nimport (\n\t"both"\n\t"testing"\n)\n\n'
            'func TestOut(t *testing.T) {\n\tprintln("out", both.Two())\n}\n',
        }
        out, err, code = self.run_tree(files, ".")
        self.assertEqual(err, "in 2\nout 2\n")
        self.assertIn("PASS", out)
        self.assertEqual(code, 0)

    def test_cgo(self):
        program = '// int x;\nimport "C"\n\nfunc main() { C.x = 1 }\n'
        _, err, code = self.run_tree({"main.go": "package main\n\n" + program}, "main.go")
        self.assertEqual(err, "gdlint: cannot run: cgo\n")
        self.assertEqual(code, 3)


if __name__ == "__main__":
    reporting.main()
