"""Runs Go programs with `gdlint run` and with a real Go, and compares them.

    run_programs.py --gdlint build/gdlint SET...

SET is `goroot-test` (the `// run` programs of GOROOT/test that import nothing beyond what
gdlint promises to run), `ssa-interp` (the test programs of golang.org/x/tools/go/ssa/interp), a
file or a folder. Go's own tests are held against what Go's runner wants: exit code 0, and all
output as in NAME.out. Of other programs is compared: standard output, the exit code, and standard
error up to goroutine numbers, addresses and stack traces.
"""

import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import toolchain

# Standard library packages that are plain Go, or that issue 5 promises.
PACKAGES = set(
    """bufio bytes cmp container/heap container/list container/ring context encoding/binary
    encoding/hex errors fmt io iter maps math math/big math/bits math/cmplx math/rand os path
    reflect regexp runtime slices sort strconv strings sync sync/atomic text/tabwriter time
    unicode unicode/utf16 unicode/utf8 unsafe""".split()
)
TOOLS = "golang.org/x/tools@v0.52.0"
IMPORT = re.compile(
    r'^\s*import\s+(?:[\w.]+\s+)?"([^"]+)"|^\s+(?:[\w.]+\s+)?"([\w/.\-]+)"\s*(?://.*)?$', re.MULTILINE
)

Outcome = collections.namedtuple("Outcome", "out err code")


def imports_of(text):
    """The paths that a program imports, as far as lines show it."""
    head = re.split(r"^(?:func|type|var|const)\b", text, maxsplit=1, flags=re.MULTILINE)[0]
    return {one or other for one, other in IMPORT.findall(head)}


def goroot_tests(only):
    """`// run` programs without arguments for this machine."""
    root = toolchain.goroot() / "test"
    for path in sorted(root.rglob("*.go")):
        if only and not re.search(only, str(path.relative_to(root))):
            continue
        text = path.read_text(errors="replace")
        if "// run" not in text:
            continue
        lines = text.splitlines()
        first = next((line for line in lines if line.startswith("// run")), "")
        if first.strip() != "// run" or any(line.startswith("//go:build") for line in lines):
            continue
        if imports_of(text) <= PACKAGES:
            yield path


def ssa_interp_tests(only):
    """The programs that x/tools' interpreter is tested with."""
    described = json.loads(
        subprocess.run(
            ["go", "mod", "download", "-json", TOOLS], stdout=subprocess.PIPE, check=True, cwd="/"
        ).stdout
    )
    folder = pathlib.Path(described["Dir"]) / "go/ssa/interp/testdata"
    for path in sorted(folder.glob("*.go")) + sorted((folder / "fixedbugs").glob("*.go")):
        text = path.read_text()
        if "func main()" in text and "package main" in text and (not only or re.search(only, str(path))):
            yield path


def programs_of(name, only):
    if name == "goroot-test":
        return list(goroot_tests(only))
    if name == "ssa-interp":
        return list(ssa_interp_tests(only))
    path = pathlib.Path(name)
    found = sorted(path.rglob("*.go")) if path.is_dir() else [path]
    return [one.resolve() for one in found if not only or re.search(only, str(one))]


def run(command, timeout, cwd, merged=False):
    try:
        result = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE, timeout=timeout, cwd=cwd,
        )
    except subprocess.TimeoutExpired:
        return Outcome("", "timeout", -1)
    return Outcome(
        result.stdout.decode(errors="replace"), (result.stderr or b"").decode(errors="replace"),
        result.returncode,
    )


def real(path, cache, timeout):
    """What the program does when gc built it. Kept from one run to the next."""
    key = hashlib.sha256(path.read_bytes() + toolchain.go_setting("GOVERSION").encode()).hexdigest()
    kept = cache / key
    if kept.exists():
        return Outcome(*json.loads(kept.read_text()))
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "program")
        environment = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="", GOWORK="off", CGO_ENABLED="0")
        built = subprocess.run(
            ["go", "build", "-o", program, str(path)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            cwd=path.parent, env=environment,
        )
        if built.returncode != 0:
            outcome = Outcome("", built.stdout.decode(errors="replace"), -2)
        else:
            outcome = run([program], timeout, folder)
    kept.write_text(json.dumps(outcome))
    return outcome


def without_noise(text):
    """Standard error without what differs from run to run."""
    text = re.split(r"^goroutine \d+ .*\[", text, maxsplit=1, flags=re.MULTILINE)[0]
    text = re.sub(r"0x[0-9a-f]+|\(0x[0-9a-f,]+\)", "0xADDR", text)
    text = re.sub(r"goroutine \d+", "goroutine N", text)
    text = re.sub(r"^\[signal .*\n", "", text, flags=re.MULTILINE)
    return text.rstrip()


def wanted_by_runner(path):
    """What Go's test runner wants of a program."""
    text = path.with_suffix(".out")
    return Outcome(text.read_text(errors="replace") if text.exists() else "", "", 0)


def verdict(path, options):
    is_go_test = path.is_relative_to(options.go_tests)
    want = wanted_by_runner(path) if is_go_test else real(path, options.cache, options.timeout)
    if want.code < 0:
        return "no-reference", want, None
    with tempfile.TemporaryDirectory() as folder:
        got = run([options.gdlint, "run", str(path)], options.timeout, folder, is_go_test)
    if got.code == 3 and "cannot run" in got.err + got.out and want.code != 3:
        return "cannot-run", want, got
    if got.code == -1 and got.err == "timeout":
        return "timeout", want, got
    if got.code < 0:
        return "crash", want, got
    if got.out != want.out:
        return "stdout", want, got
    if got.code != want.code:
        return "exit-code", want, got
    if without_noise(got.err) != without_noise(want.err):
        return "stderr", want, got
    return "equal", want, got


def first_difference(want, got):
    for one, other in zip(want.splitlines() + ["<end>"], got.splitlines() + ["<end>"]):
        if one != other:
            return "want %r, got %r" % (one[:150], other[:150])
    return "equal lines"


def explain(kind, want, got):
    if kind == "stdout":
        message = first_difference(want.out, got.out)
        return message + " | " + got.err.strip()[:200] if got.code != want.code else message
    if kind == "stderr":
        return first_difference(without_noise(want.err), without_noise(got.err))
    if kind == "exit-code":
        return "want %d, got %d: %s" % (want.code, got.code, (got.err + got.out).strip()[-200:])
    if kind == "no-reference":
        return want.err.strip().splitlines()[-1][:150] if want.err else ""
    return (got.err + got.out).strip()[-200:] if got else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gdlint", required=True, type=os.path.abspath)
    parser.add_argument("--only", help="a pattern that paths must match")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=20)
    parser.add_argument("--at-least", type=float, default=0, help="percent that must be equal")
    parser.add_argument("--quiet", action="store_true", help="only the counts")
    parser.add_argument(
        "--cache", type=pathlib.Path,
        default=pathlib.Path(tempfile.gettempdir()) / "gdlint-reference-runs",
    )
    parser.add_argument("sets", nargs="+", metavar="SET")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    try:
        options.go_tests = toolchain.goroot() / "test"
        paths = [path for name in options.sets for path in programs_of(name, options.only)]
    except toolchain.MissingGo as problem:
        print("skipped:", problem)
        return 77
    counts = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, (kind, want, got) in zip(paths, pool.map(lambda path: verdict(path, options), paths)):
            counts[kind] += 1
            if kind != "equal" and not options.quiet:
                print("%-12s %s: %s" % (kind, path, explain(kind, want, got)), flush=True)
    judged = sum(counts.values()) - counts["no-reference"]
    percent = 100 * counts["equal"] / judged if judged else 100
    print(", ".join("%d %s" % (count, kind) for kind, count in counts.most_common()))
    print("%d of %d programs are equal: %.1f %%" % (counts["equal"], judged, percent))
    return 0 if percent >= options.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
