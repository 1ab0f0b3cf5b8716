"""Go's own tests of type errors, each as one package with the errors that it expects.

- `testdata`: internal/types/testdata and go/types/testdata/local. A comment `/* ERROR "text" */` or
  `/* ERRORx "regexp" */` belongs to the token before it. A folder is one package; flags stand in
  the first line of the first file.
- `errorcheck`: the files of GOROOT/test whose recipe is `errorcheck` or `errorcheckdir`, with
  comments `// ERROR "regexp" "regexp"` on the lines that have an error. Left out are those that need a
  compiler's flag beyond the language version, those whose build constraint does not hold here, and
  those with a syntax error, which syntax_errors.py measures.
"""

import collections
import dataclasses
import json
import pathlib
import re
import subprocess

import syntax_errors
import toolchain


@dataclasses.dataclass
class Expectation:
    file: str
    line: int
    # None where only the line is known.
    column: int
    pattern: str
    is_regexp: bool

    def matches(self, message):
        if not self.is_regexp:
            return self.pattern in message
        try:
            return re.search(self.pattern, message) is not None
        except re.error:
            return False


@dataclasses.dataclass
class Unit:
    """Files that are checked together, as one package."""

    name: str
    files: list
    language: str = ""
    # GODEBUG's gotypesalias, which is a matter of go/types' representation and no part of Go.
    aliases: str = ""
    # Packages that the files may import: import string, files.
    imports: dict = dataclasses.field(default_factory=dict)
    expected: list = dataclasses.field(default_factory=list)

    def arguments(self):
        """Arguments that both programs know, without the options of go/types alone."""
        arguments = ["--lang", self.language] if self.language else []
        for path, files in self.imports.items():
            arguments += ["--import", f"{path}={','.join(files)}"]
        return arguments


def testdata(goroot, oracle):
    units = []
    root = goroot / "src/internal/types/testdata"
    folders = [root / name for name in ("check", "spec", "examples", "fixedbugs")]
    for folder in [*folders, goroot / "src/go/types/testdata/local"]:
        for path in sorted(folder.iterdir()):
            files = [str(file) for file in sorted(path.iterdir())] if path.is_dir() else [str(path)]
            units.append(testdata_unit(str(path.relative_to(goroot / "src")), files))
    by_file = collections.defaultdict(list)
    for file in [file for unit in units for file in unit.files]:
        by_file[file] = []
    output = subprocess.run([str(oracle), "expectations", *by_file], stdout=subprocess.PIPE, check=True).stdout
    for row in output.decode().splitlines():
        wanted = json.loads(row)
        by_file[wanted["file"]].append(
            Expectation(wanted["file"], wanted["line"], wanted["column"], wanted["pattern"], wanted["regexp"])
        )
    for unit in units:
        unit.expected = [wanted for file in unit.files for wanted in by_file[file]]
    return units


def testdata_unit(name, files):
    unit = Unit(name, files)
    first = pathlib.Path(files[0]).read_text(errors="replace").partition("\n")[0]
    if re.match(r"// *-[a-z]", first):
        for flag in first[2:].split():
            key, _, value = flag.lstrip("-").partition("=")
            if key == "lang":
                unit.language = value
            elif key == "gotypesalias":
                unit.aliases = value
            elif key not in ("fakeImportC", "goexperiment"):
                raise ValueError(f"{files[0]}: flag {flag}")
    return unit


# What a recipe may say without asking for more than type errors.
PLAIN_FLAG = re.compile(r"-lang=go1\.\d+$|-d=panic$|-e$|-e=0$|-C$|-0$|-1$|-s$")
COMMENT = re.compile(r"// (?:GC_)?ERROR (.*)")
QUOTED = re.compile(r'"([^"]*)"')
LINE = re.compile(r"LINE(?:([+-])(\d+))?")
ACTIONS = ("errorcheck", "errorcheckdir", "errorcheckandrundir")


def recipe(text):
    """The words of the first line that is no build constraint."""
    for line in text.splitlines():
        if line and not line.startswith(("//go:build", "// +build")):
            return line.removeprefix("//").split()
    return []


def constraint_holds(text, environment):
    tags = {environment["GOOS"], environment["GOARCH"], "gc", "test_run", "cgo", "unix"}
    header = text.partition("\npackage")[0]
    for line in header.splitlines():
        if line.startswith("//go:build "):
            words = re.findall(r"[\w.]+|&&|\|\||[!()]", line.removeprefix("//go:build "))
            known = {"&&": " and ", "||": " or ", "!": " not ", "(": "(", ")": ")"}
            parts = [known.get(word) or str(word in tags or word.startswith("go1.")) for word in words]
            return eval("".join(parts))  # Only the words of the table, True and False.
    return True


def wanted_errors(path):
    found = []
    name = pathlib.Path(path).name
    for number, line in enumerate(pathlib.Path(path).read_text(errors="replace").split("\n"), 1):
        if "////" in line:
            continue
        if match := COMMENT.search(line):
            for pattern in QUOTED.findall(match[1]):
                pattern = LINE.sub(lambda place: f"{name}:{number + int((place[1] or '+') + (place[2] or '0'))}", pattern)
                found.append(Expectation(path, number, None, pattern, True))
    return found


def packages_in(folder, one_file_each):
    """The files of each package of a folder, in the order of their first files."""
    packages = {}
    for path in sorted(folder.glob("*.go")):
        text = path.read_text(errors="replace")
        name = re.search(r"^package\s+(\w+)", text, re.MULTILINE)[1]
        packages.setdefault(path.name if one_file_each else name, []).append(str(path))
    return list(packages.values())


def errorcheck(goroot, folder):
    """The units, and how many files were left out for which reason."""
    root = goroot / "test"
    environment = {name: toolchain.go_setting(name) for name in ("GOOS", "GOARCH")}
    units, left_out = [], collections.Counter()
    for file in toolchain.source_files(root):
        path = pathlib.Path(file)
        text = path.read_text(errors="replace")
        words = recipe(text)
        if not words or not words[0].startswith("errorcheck"):
            continue
        flags = without_timeout(words[1:])
        if words[0] not in ACTIONS:
            left_out["made by a program"] += 1
        elif not all(map(PLAIN_FLAG.match, flags)):
            left_out["asks for a compiler's flag"] += 1
        elif not constraint_holds(text, environment):
            left_out["build constraint"] += 1
        else:
            units += recipe_units(root, path, words[0], flags)
    program = toolchain.build_gc_syntax(folder)
    syntax, _ = syntax_errors.gc_facts(program, sorted({file for unit in units for file in unit.files}))
    kept = [unit for unit in units if not any(file in syntax for file in unit.files)]
    left_out["has a syntax error"] = len(units) - len(kept)
    return kept, left_out


def without_timeout(words):
    flags, words = [], list(words)
    while words and words[0].startswith("-"):
        word = words.pop(0)
        if word == "-t":
            words.pop(0)
        elif word == "-goexperiment":
            flags.append(word + words.pop(0))
        else:
            flags.append(word)
    return flags


def recipe_units(root, path, action, flags):
    language = next((flag.removeprefix("-lang=") for flag in flags if flag.startswith("-lang=")), "")
    name = str(path.relative_to(root.parent))
    if action == "errorcheck":
        return [Unit(name, [str(path)], language, expected=wanted_errors(str(path)))]
    units, imports = [], {}
    for files in packages_in(path.with_suffix(".dir"), "-s" in flags):
        expected = [wanted for file in files for wanted in wanted_errors(file)]
        first = pathlib.Path(files[0])
        units.append(Unit(f"{name}:{first.name}", files, language, imports=dict(imports), expected=expected))
        imports[f"./{first.stem}"] = files
    return units
