"""The same bytes out, whatever the number of threads and the order of files.

What is analysed are the samples of all rules (tests/checks), as packages of one module and as loose files.

Usage: same_output_test.py GDLINT [unittest arguments]
"""

import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import reporting

GDLINT = str(pathlib.Path(sys.argv.pop(1)).resolve())
TESTS = pathlib.Path(__file__).resolve().parent.parent
GOROOT = TESTS / "goroot"
THREADS = (1, 2, 8)
FORMATS = ("text", "json")


def samples():
    """Files of packages, by the folder that they go to."""
    for path in sorted((TESTS / "checks").glob("*/*")):
        name = re.sub(r"\W", "_", f"{path.parent.name}_{path.stem}")
        if path.suffix == ".go":
            yield name, [path]
        elif path.is_dir() and not (path / "go.mod").exists():
            yield name, sorted(path.glob("*.go"))


def write(root, seed):
    """A module of all samples, made in an order that hangs on `seed`: folders list their files so."""
    files = [(folder, path) for folder, paths in samples() for path in paths]
    random.Random(seed).shuffle(files)
    root.mkdir()
    (root / "go.mod").write_text("module example.com/all\n\ngo 1.21\n")
    for folder, path in files:
        (root / folder).mkdir(exist_ok=True)
        shutil.copy(path, root / folder)
    return files


class SameOutputTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gdlint.")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def run_gdlint(self, cwd, *arguments):
        """Exit code, standard output and standard error."""
        done = subprocess.run(
            [GDLINT, *arguments, "--goroot", str(GOROOT)], cwd=cwd, capture_output=True, timeout=240, check=False)
        return done.returncode, done.stdout, done.stderr

    def assert_same(self, first, other, what):
        for one, two, part in zip(first, other, ("exit code", "output", "errors")):
            if one == two:
                continue
            if isinstance(one, int):
                self.fail(f"{what}: {part} {one} and {two}")
            pairs = list(zip(one.splitlines(), two.splitlines()))
            differing = [pair for pair in pairs if pair[0] != pair[1]] or [(len(one), len(two))]
            self.fail(f"{what}: {part} differ: {differing[0]}")

    def check(self, what, runs):
        """All runs say the same, and something."""
        first = None
        for name, cwd, arguments in runs:
            result = self.run_gdlint(cwd, *arguments)
            self.assertGreater(len(result[1]), 1000, f"{what}: {result[2][:500]}")
            first = first or result
            self.assert_same(first, result, f"{what}, {name}")

    def test_module(self):
        folders = []
        for seed in range(2):
            folders.append(self.root / str(seed) / "m")
            folders[-1].parent.mkdir()
            write(folders[-1], seed)
        for form in FORMATS:
            self.check(f"module as {form}", [
                (f"-j {threads}, order {seed}", folder, ["--format", form, "-j", str(threads), "./..."])
                for seed, folder in enumerate(folders) for threads in THREADS])

    def test_order_of_packages(self):
        folder = self.root / "m"
        write(folder, 0)
        packages = sorted(f"./{path.name}" for path in folder.iterdir() if path.is_dir())
        runs = []
        for seed, threads in enumerate(THREADS):
            random.Random(seed).shuffle(packages)
            runs.append((f"-j {threads}", folder, ["-j", str(threads), *packages]))
        self.check("packages by name", runs)

    def test_loose_files(self):
        folder = self.root / "m"
        write(folder, 0)
        (folder / "go.mod").unlink()
        files = sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.go"))
        for form in FORMATS:
            runs = []
            for seed, threads in enumerate(THREADS):
                random.Random(seed).shuffle(files)
                runs.append((f"-j {threads}", folder, ["--format", form, "-j", str(threads), *files]))
            self.check(f"loose files as {form}", runs)

    def test_many_broken_files(self):
        folder = self.root / "m"
        write(folder, 0)
        for path in sorted(folder.glob("*/*.go"))[::3]:
            path.write_text(path.read_text() + "\nfunc broken( {\n")
        for path in sorted(folder.glob("*/*.go"))[1::3]:
            path.write_text(path.read_text() + "\nfunc undefinedNames() { a(b, c) }\n")
        for form in FORMATS:
            self.check(f"broken files as {form}", [
                (f"-j {threads}", folder, ["--format", form, "-j", str(threads), "./..."]) for threads in THREADS])

    def test_other_commands(self):
        folder = self.root / "m"
        write(folder, 0)
        for command in (["explain", "main", "./..."], ["debug", "calls", "./..."], ["debug", "summaries", "./..."],
                        ["debug", "ssa", "./..."], ["debug", "types", "./..."]):
            self.check(" ".join(command), [
                (f"-j {threads}", folder, [*command, "-j", str(threads)]) for threads in THREADS])


if __name__ == "__main__":
    reporting.main()
