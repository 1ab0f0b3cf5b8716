"""Compares gdlint's dumps of a tree of Go files with those of the Go library."""

import collections
import concurrent.futures
import dataclasses
import os
import subprocess
import time

STAGES = ("tokens", "parse", "ast")

# A dump is five to ten times its source. This keeps a batch's two dumps below 40 MB.
BATCH_BYTES = 2_000_000
WORKERS = 2
SHOWN = 20


class DumpFailed(Exception):
    """A program did not print its dump."""


def dump(command, files, cwd=None):
    result = subprocess.run([*command, *files], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # gdlint's exit code says that there were syntax errors (1) or files that could not
    # be analysed (3); all else is a failure.
    if result.returncode not in (0, 1, 3):
        message = result.stderr.decode(errors="replace")[-400:]
        raise DumpFailed(
            f"{' '.join(command)} ended with {result.returncode} on {len(files)} files from {files[0]}: {message}"
        )
    return result.stdout


@dataclasses.dataclass
class Difference:
    path: str
    lines: int
    example: str


@dataclasses.dataclass
class Result:
    stage: str
    files: int = 0
    lines: int = 0
    rejected: int = 0
    same_first_line: int = 0
    differences: list = dataclasses.field(default_factory=list)
    failures: list = dataclasses.field(default_factory=list)
    seconds: float = 0.0

    @property
    def passed(self):
        return not self.differences and not self.failures and self.files > 0

    def add(self, other):
        self.files += other.files
        self.lines += other.lines
        self.rejected += other.rejected
        self.same_first_line += other.same_first_line
        self.differences += other.differences
        self.failures += other.failures

    def report(self, name):
        unit = "verdicts" if self.stage == "parse" else "lines"
        text = f"{self.stage} of {name}: {self.files} files, {self.lines} {unit}, "
        text += f"{sum(d.lines for d in self.differences)} differ in {len(self.differences)} files"
        if self.stage == "parse":
            text += f"; {self.rejected} rejected by both, the first error on the same line in {self.same_first_line}"
        print(f"{text} ({self.seconds:.0f} s)")
        for difference in self.differences[:SHOWN]:
            print(f"  {difference.path}: {difference.lines} differ; {difference.example}")
        if len(self.differences) > SHOWN:
            print(f"  and {len(self.differences) - SHOWN} more files")
        for failure in self.failures:
            print(f"  {failure}")


def batches(files):
    batch, size = [], 0
    for path in files:
        batch.append(path)
        size += os.path.getsize(path)
        if size >= BATCH_BYTES or len(batch) >= 400:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def sections(text):
    """The lines of each file of a dump of tokens or trees, by path."""
    found = {}
    lines = []
    for line in text.split(b"\n"):
        if line.startswith(b"# "):
            lines = found.setdefault(line[2:], [])
        elif line:
            lines.append(line)
    return found


def count_differing(ours, theirs):
    """How many lines differ between the first difference and the last, and the first one."""
    begin = 0
    while begin < min(len(ours), len(theirs)) and ours[begin] == theirs[begin]:
        begin += 1
    our_end, their_end = len(ours), len(theirs)
    while our_end > begin and their_end > begin and ours[our_end - 1] == theirs[their_end - 1]:
        our_end -= 1
        their_end -= 1
    missing = b"(nothing)"
    our_line = (ours[begin] if begin < len(ours) else missing).strip().decode(errors="replace")
    their_line = (theirs[begin] if begin < len(theirs) else missing).strip().decode(errors="replace")
    return max(our_end - begin, their_end - begin), f"gdlint {our_line[:100]!r}, Go {their_line[:100]!r}"


def compare_text(stage, ours, theirs):
    result = Result(stage, lines=theirs.count(b"\n"))
    if ours == theirs:
        return result
    our_files, their_files = sections(ours), sections(theirs)
    for path in {**their_files, **our_files}:
        our_lines, their_lines = our_files.get(path, []), their_files.get(path, [])
        # What a rejected file's tree looks like is our own business.
        if our_lines != their_lines and their_lines != [b"error"]:
            count, example = count_differing(our_lines, their_lines)
            result.differences.append(Difference(path.decode(errors="replace"), count, example))
    return result


def verdicts(text):
    """For each file of a dump of verdicts the line of its first error, or "ok"."""
    found = collections.OrderedDict()
    for line in text.decode(errors="replace").splitlines():
        path, _, verdict = line.partition("\t")
        found.setdefault(path, "ok" if verdict == "ok" else verdict.partition(":")[0])
    return found


def compare_verdicts(ours, theirs):
    our_verdicts, their_verdicts = verdicts(ours), verdicts(theirs)
    result = Result("parse", lines=len(their_verdicts))
    for path in {**their_verdicts, **our_verdicts}:
        our, their = our_verdicts.get(path, "(nothing)"), their_verdicts.get(path, "(nothing)")
        if (our == "ok") != (their == "ok"):
            result.differences.append(Difference(path, 1, f"gdlint: line {our}, Go: line {their}"))
        elif their != "ok":
            result.rejected += 1
            result.same_first_line += our == their
    return result


def compare_batch(stage, gdlint, oracle, files):
    try:
        theirs = dump([str(oracle), stage], files)
        ours = dump([str(gdlint), "debug", stage], files)
    except DumpFailed as failure:
        return Result(stage, files=len(files), failures=[str(failure)])
    result = compare_verdicts(ours, theirs) if stage == "parse" else compare_text(stage, ours, theirs)
    result.files = len(files)
    return result


def compare_files(stage, gdlint, oracle, files):
    total = Result(stage)
    begin = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for result in pool.map(lambda batch: compare_batch(stage, gdlint, oracle, batch), batches(files)):
            total.add(result)
    total.seconds = time.monotonic() - begin
    return total
