"""The facts recorded under tests/golden, and how gdlint is held against them.

- `syntax/*.go` are accepted by go/parser: NAME.tokens.golden and NAME.ast.golden beside each.
- `syntax_errors/*.go` are ill-formed: NAME.tokens.golden, and comments `// want` on each line
  that has an error (`// want +1`, `// want -1` for the line below or above). A line without must have none.
- `programs/` are whole programs; programs/facts.sha256 has a digest of each dump.
- `parse.golden` in each folder has go/parser's verdict of each file.
"""

import hashlib
import pathlib
import re

import compare
import toolchain

GOLDEN = toolchain.REPOSITORY / "tests/golden"
WITH_DUMPS = {"syntax": ("tokens", "ast"), "syntax_errors": ("tokens",)}
PROGRAMS = "programs"
DIGESTS = "facts.sha256"
VERDICTS = "parse.golden"

WANT = re.compile(rb"// want(?: ([+-]\d+))?")
# Files that no comment fits into.
WANTED_ELSEWHERE = {"empty.go": {1}, "utf16.go": {1}}


def files_of(folder):
    """The Go files below tests/golden/`folder`, as paths from the repository's root."""
    return [
        str(pathlib.Path(path).relative_to(toolchain.REPOSITORY))
        for path in toolchain.source_files(GOLDEN / folder)
    ]


def dumps_by_file(command, files):
    """The dump of each file, headed by its `# PATH` line."""
    parts = {}
    text = compare.dump(command, files, cwd=toolchain.REPOSITORY)
    for path, lines in compare.sections(text).items():
        parts[path.decode()] = b"".join(line + b"\n" for line in [b"# " + path, *lines])
    return parts


def verdict_rows(command, files):
    """`FILE TAB ok` or `FILE TAB error` for each file, without its folder."""
    verdicts = compare.verdicts(compare.dump(command, files, cwd=toolchain.REPOSITORY))
    return {
        str(pathlib.Path(path).relative_to(f"tests/golden/{path.split('/')[2]}")): "ok" if line == "ok" else "error"
        for path, line in verdicts.items()
    }


def golden_path(path, stage):
    return toolchain.REPOSITORY / pathlib.Path(path).with_suffix(f".{stage}.golden")


def record(oracle):
    """Writes all golden facts anew."""
    for folder, stages in WITH_DUMPS.items():
        for stage in stages:
            for path, text in dumps_by_file([str(oracle), stage], files_of(folder)).items():
                golden_path(path, stage).write_bytes(text)
    for folder in (*WITH_DUMPS, PROGRAMS):
        rows = verdict_rows([str(oracle), "parse"], files_of(folder))
        lines = [f"{path}\t{verdict}\n" for path, verdict in rows.items()]
        (GOLDEN / folder / VERDICTS).write_text("".join(lines))
    (GOLDEN / PROGRAMS / DIGESTS).write_text("".join(digest_rows([str(oracle)])))


def digest_rows(command):
    rows = []
    for stage in ("tokens", "ast"):
        for path, text in dumps_by_file([*command, stage], files_of(PROGRAMS)).items():
            rows.append(f"{hashlib.sha256(text).hexdigest()} {stage} {path}\n")
    return rows


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, holds, complaint):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"  {complaint}")


def check_dumps(gdlint, folder, stage, tally):
    files = files_of(folder)
    ours = dumps_by_file([gdlint, "debug", stage], files)
    for path in files:
        expected = golden_path(path, stage).read_bytes()
        text = ours.get(path, b"")
        if text != expected:
            count, example = compare.count_differing(text.split(b"\n"), expected.split(b"\n"))
            tally.check(False, f"{path}: {count} lines of {stage} differ; {example}")
        else:
            tally.check(True, "")


def check_verdicts(gdlint, folder, tally):
    ours = verdict_rows([gdlint, "debug", "parse"], files_of(folder))
    expected = dict(row.split("\t") for row in (GOLDEN / folder / VERDICTS).read_text().splitlines())
    for path in {**expected, **ours}:
        our, their = ours.get(path), expected.get(path)
        tally.check(our == their, f"{folder}/{path}: gdlint says {our}, go/parser says {their}")


def wanted_lines(path):
    text = (toolchain.REPOSITORY / path).read_bytes()
    lines = set(WANTED_ELSEWHERE.get(pathlib.Path(path).name, ()))
    for number, line in enumerate(text.split(b"\n"), 1):
        lines.update(number + int(match[1] or 0) for match in WANT.finditer(line))
    return lines


def check_wants(gdlint, tally):
    files = files_of("syntax_errors")
    rows = compare.dump([gdlint, "debug", "parse", "--late"], files, cwd=toolchain.REPOSITORY)
    found = {path: {} for path in files}
    for row in rows.decode(errors="replace").splitlines():
        path, _, verdict = row.partition("\t")
        if verdict != "ok":
            found[path].setdefault(int(verdict.partition(":")[0]), verdict)
    for path in files:
        wanted, ours = wanted_lines(path), found[path]
        complaints = [f"{path}:{line}: no error, but one is wanted" for line in sorted(wanted - ours.keys())]
        complaints += [f"{path}:{ours[line]} (not wanted)" for line in sorted(ours.keys() - wanted)]
        tally.check(not complaints, "\n  ".join(complaints))


def check_programs(gdlint, tally):
    expected = set((GOLDEN / PROGRAMS / DIGESTS).read_text().splitlines(keepends=True))
    ours = set(digest_rows([gdlint, "debug"]))
    for row in sorted(expected | ours, key=lambda row: row.split(" ", 1)[1]):
        if row in expected:
            tally.check(row in ours, f"differs from go/parser: {row.split(' ', 1)[1].strip()}")
