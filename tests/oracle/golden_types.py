"""The facts recorded under tests/golden/types and tests/golden/type_errors.

- Each folder of `types/` is a module that imports nothing but itself and `unsafe`. Each package's folder has
  `facts.types`: what `debug types --tests` prints of the package and of its test variants, with their headers.
- `type_errors/NAME.go` is ill-typed; NAME.errors has go/types' errors, of which the lines count. Flags such as `-lang=go1.17` stand
  in the first line.
"""

import collections
import os
import pathlib
import subprocess

import compare
import compare_types
import error_tests
import toolchain
import type_errors

TYPES = toolchain.REPOSITORY / "tests/golden/types"
ERRORS = toolchain.REPOSITORY / "tests/golden/type_errors"
FACTS = "facts.types"

# The target that the facts are of. There is no GOROOT: the sample needs none.
TARGET = {
    "GOOS": "linux", "GOARCH": "amd64", "CGO_ENABLED": "0", "GOFLAGS": "", "GOWORK": "off", "GO111MODULE": "",
    "GOEXPERIMENT": "",
}
NO_GO = {"GOROOT": "/nonexistent"}


def modules():
    return sorted(path.parent for path in TYPES.glob("*/go.mod"))


def module_path(folder):
    return (folder / "go.mod").read_text().split()[1]


def package_of(module, facts):
    """The import path of the package whose facts a file has."""
    below = facts.parent.relative_to(module).as_posix()
    return module_path(module) if below == "." else f"{module_path(module)}/{below}"


def tested_package(name):
    """The package whose folder has a block: `p` for `p`, `p [p.test]` and `p_test [p.test]`."""
    _, bracket, test = name.partition(" [")
    return test.removesuffix(".test]") if bracket else name


def blocks_of(command, module, packages, environment):
    """For each package the blocks of it and of its variants, headers included, and the error lines.

    The only package of a module has no header; then it is the one at the module's root.
    """
    result = subprocess.run(
        [*command, "--tests", *packages],
        cwd=module, env=dict(os.environ, **environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    if result.returncode not in (0, 1, 3):
        message = result.stderr.decode(errors="replace")[-400:]
        raise compare.DumpFailed(f"{' '.join(command)} ended with {result.returncode} in {module.name}: {message}")
    texts = collections.defaultdict(bytes)
    for name, text in compare_types.stream_blocks(result.stdout.splitlines(keepends=True), module_path(module)):
        texts[tested_package(name)] += b"# " + name.encode() + b"\n" + text
    errors = [line for line in result.stderr.decode(errors="replace").splitlines() if compare_types.ERROR.match(line)]
    return texts, errors


def record(oracle):
    for module in modules():
        texts, errors = blocks_of([str(oracle), "types"], module, ["./..."], TARGET)
        if errors:
            raise ValueError(f"{module.name} is ill-typed: {errors[0]}")
        for package, text in texts.items():
            below = package.removeprefix(module_path(module)).lstrip("/")
            (module / below / FACTS).write_bytes(text)
    for path in sorted(ERRORS.glob("*.go")):
        unit = error_tests.testdata_unit(path.name, [str(path)])
        command = [str(oracle), "types", "-errors-only", *unit.arguments(), path.name]
        output = subprocess.run(command, cwd=ERRORS, stdout=subprocess.PIPE, check=True).stdout
        if not output:
            raise ValueError(f"{path.name} has no error")
        path.with_suffix(".errors").write_bytes(output)


def check_facts(gdlint, tally):
    for module in modules():
        recorded = {package_of(module, path): path for path in sorted(module.rglob(FACTS))}
        texts, errors = blocks_of([gdlint, "debug", "types"], module, list(recorded), {**TARGET, **NO_GO})
        for error in errors:
            tally.check(False, f"false error: {error}")
        for package, path in recorded.items():
            expected, ours = path.read_bytes(), texts.get(package, b"")
            if ours == expected:
                tally.check(True, "")
                continue
            result = compare_types.compare_block(package, ours, expected)
            first = (result.missing or result.extra)[0].decode(errors="replace")
            sign = "missing" if result.missing else "extra"
            tally.check(
                False, f"{package}: {len(result.missing)} lines missing, {len(result.extra)} extra; first {sign}: {first}"
            )
        for package in texts.keys() - recorded.keys():
            tally.check(False, f"{package}: printed, but not recorded")


def lines_of(errors):
    return {(pathlib.Path(error.file).name, error.line): error for error in errors}


def check_errors(gdlint, tally):
    command = [*type_errors.gdlint_command(gdlint)]
    for path in sorted(ERRORS.glob("*.go")):
        unit = error_tests.testdata_unit(path.name, [str(path)])
        answer = type_errors.ask(command, unit, timeout=60)
        expected = lines_of(type_errors.parse_errors(path.with_suffix(".errors").read_text()))
        ours = lines_of(answer.errors)
        complaints = [f"{path.name}: {answer.failure}"] if answer.failure else []
        complaints += [f"{path.name}:{expected[key]} (not reported)" for key in sorted(expected.keys() - ours.keys())]
        complaints += [f"{path.name}:{ours[key]} (not an error)" for key in sorted(ours.keys() - expected.keys())]
        tally.check(not complaints, "\n  ".join(complaints))
