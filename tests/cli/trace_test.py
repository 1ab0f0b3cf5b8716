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


if __name__ == "__main__":
    reporting.main()
