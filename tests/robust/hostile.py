"""Runs gdlint on hostile trees, within limits on time and memory.

The limits are those of a release build; the build system scales them for sanitizers.
Time is that of the processor, user and system, over all threads: a busy machine must
not fail a test. What waits for something that never comes is killed as a hang.
"""

import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

GDLINT = os.environ.get("GDLINT", "")
TIME_SCALE = float(os.environ.get("GDLINT_TIME_SCALE", "1"))
MEMORY_SCALE = float(os.environ.get("GDLINT_MEMORY_SCALE", "1"))

SECONDS = 1.0
MEGABYTES = 512
# A run that takes this long hangs.
HANG_SECONDS = 100

# A file with one finding on line 6, to see that it is found whatever lies beside it.
GOOD = """package p

func f(names []string, open func(string) (*File, error)) {
	for _, name := range names {
		file, _ := open(name)
		defer file.Close()
	}
}

type File struct{}

func (*File) Close() {}
"""
GOOD_FINDING = re.compile(r"good\.go:6:3: \w+: .*\[defer-in-loop\]")

REPORT = re.compile(r"(sanitizer|runtime error:|terminate called|core dumped)", re.I)


class Run:
    """What one run of gdlint did."""

    def __init__(self, arguments, cwd, stdin=None):
        # Files, not pipes: nobody reads while the run is waited for, and the parent
        # stays small, which matters because a child starts with its parent's peak.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                [GDLINT, *arguments],
                cwd=cwd,
                stdin=stdin or subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=self._environment(),
            )
            usage = self._wait(process)
            self.seconds = usage.ru_utime + usage.ru_stime
            self.megabytes = usage.ru_maxrss / 1024
            out.seek(0)
            err.seek(0)
            self.stdout = out.read()
            self.stderr = err.read()
        self.status = process.returncode
        self.arguments = arguments

    @staticmethod
    def _environment():
        environment = dict(os.environ, NO_COLOR="1")
        # So that a sanitizer's report is not taken for findings.
        environment["ASAN_OPTIONS"] = "exitcode=99"
        environment["UBSAN_OPTIONS"] = "print_stacktrace=1"
        return environment

    @staticmethod
    def _wait(process):
        """Waits for the process, kills it when it hangs; its resource usage."""
        deadline = time.monotonic() + HANG_SECONDS * TIME_SCALE
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                return usage
            if time.monotonic() > deadline:
                process.kill()
                deadline = float("inf")
            time.sleep(0.002)

    @property
    def text(self):
        return (self.stdout + self.stderr).decode("utf-8", errors="replace")


class HostileTest(unittest.TestCase):
    """A test with a folder of its own, removed at its end."""

    def setUp(self):
        self.assertTrue(GDLINT, "GDLINT must name the program to test")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="gdlint-test-"))
        # Not shutil.rmtree, which recurses, and some tests nest folders deeply.
        self.addCleanup(subprocess.run, ["rm", "-rf", self.folder], check=True)
        self.write("good.go", GOOD)

    def write(self, name, content):
        """Writes a file; `content` is text, bytes, or pieces of text in turn."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            pieces = [content] if isinstance(content, str) else content
            with open(path, "w", encoding="utf-8", newline="") as out:
                for piece in pieces:
                    out.write(piece)
        return path

    def gdlint(self, *arguments, seconds=SECONDS, megabytes=MEGABYTES, stdin=None):
        """Runs gdlint in the folder; it must end by itself, in time, within memory."""
        run = Run(arguments, self.folder, stdin)
        shown = run.text[:2000]
        self.assertIn(run.status, (0, 1, 2, 3), f"{arguments} ended so: {shown}")
        self.assertIsNone(REPORT.search(run.stderr.decode(errors="replace")), shown)
        self.assertLess(run.seconds, seconds * TIME_SCALE, f"{arguments}: too slow")
        self.assertLess(run.megabytes, megabytes * MEMORY_SCALE, "too much memory")
        return run

    def lint(self, *arguments, **limits):
        """Lints the folder (or what is named); the good file's finding must be there."""
        run = self.gdlint(*(arguments or (".",)), **limits)
        self.assertRegex(run.text, GOOD_FINDING)
        return run

    def assert_rejected(self, name, where, message="", **limits):
        """Lints the folder; `name` has an error at `where`, a pattern of LINE:COL."""
        run = self.lint(**limits)
        self.assertRegex(run.text, rf"{re.escape(name)}:{where}: error: .*{message}")
        # The file could not be analysed in full: never as if it were clean.
        self.assertIn(run.status, (1, 3))
        return run

    def assert_accepted(self, name, **limits):
        """Lints the folder; nothing but type errors is said about `name`, and of them few."""
        run = self.lint(**limits)
        said = [line for line in run.text.splitlines() if line.startswith(f"{name}:")]
        self.assertLessEqual(len(said), 12)
        for line in said:
            self.assertNotRegex(line, "syntax|deeper|memory|internal")
        return run
