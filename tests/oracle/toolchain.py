"""The Go toolchain that is there, and our Go programs built with it."""

import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


class MissingGo(Exception):
    """There is no `go` command."""


def _go(*arguments, cwd=None):
    # The toolchain that is installed, whatever a go.mod or the user's settings ask for.
    environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="", GOWORK="off", CGO_ENABLED="0")
    result = subprocess.run(
        ["go", *arguments], cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return result.stdout.strip()


def goroot():
    if shutil.which("go") is None:
        raise MissingGo("no `go` in PATH")
    return pathlib.Path(_go("env", "GOROOT"))


def go_setting(name):
    return _go("env", name)


def build_oracle(folder):
    """Builds tests/oracle into `folder` and returns the program's path."""
    goroot()
    program = pathlib.Path(folder) / "oracle"
    _go("build", "-o", str(program), ".", cwd=HERE)
    return program


def build_gc_syntax(folder):
    """Builds the program around the gc compiler's own syntax phase.

    Its source belongs to Go and is internal to the compiler, so it is copied from GOROOT
    for this run.
    """
    source = pathlib.Path(folder) / "gc_syntax"
    package = source / "syntax"
    package.mkdir(parents=True)
    for path in (goroot() / "src/cmd/compile/internal/syntax").glob("*.go"):
        if not path.name.endswith("_test.go"):
            shutil.copy(path, package)
    shutil.copy(HERE / "gc_syntax/expectations.go", package)
    shutil.copy(HERE / "gc_syntax/main.go", source)
    shutil.copy(HERE / "gc_syntax/go.mod", source)
    program = pathlib.Path(folder) / "gc-syntax"
    _go("build", "-o", str(program), ".", cwd=source)
    return program


def source_files(root):
    """Every regular .go file below `root`, sorted bytewise; links are not followed."""
    paths = []
    for folder, _, names in os.walk(os.fsencode(root)):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(b".go") and os.path.isfile(path) and not os.path.islink(path):
                paths.append(path)
    return [os.fsdecode(path) for path in sorted(paths)]
