#!/usr/bin/env python3
"""Holds the models of functions (checks/knowledge/models.def, resources.def) against Go.

  tests/oracle/models.py

Each function must be there; a parameter that a fact speaks of must be there and, for what is done with a function, be
one; results that are never nil must have a nil. What a line of resources.def says to be the resource and its error
must be results; those of modules are looked for in the module cache, in any version, and passed over without it. Methods that are said to bear a nil receiver, or to panic with one, are
called with one; so are those of checks/knowledge/nil_receivers.cpp. The last line is `N passed, N failed`.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
MODELS = HERE.parent.parent / "checks" / "knowledge" / "models.def"
RECEIVERS = MODELS.with_name("nil_receivers.cpp")
TOLERANT = re.compile(r'^    "\(\*([\w/]+)\.(\w+)\)\.(\w+)",$', re.MULTILINE)
RESOURCES = [MODELS.with_name("resources.def"), MODELS.with_name("module_resources.def")]
RESOURCE = re.compile(r'GDLINT_RESOURCE\(\s*(k\w+),\s*"([^"]+)",\s*((?:"[^"]*"\s*)+),\s*(\d+),\s*(-?\d+)\s*\)')
MODEL = re.compile(r'^GDLINT_MODEL\("([^"]+)", "([^"]+)", (.*)\)$')
# Not of the machine that the test runs on.
ELSEWHERE = {("syscall", "ExitProcess")}


def entries():
    """(package, function, facts) of what the standard library has."""
    for line in MODELS.read_text().splitlines():
        found = MODEL.match(line)
        if found and "." not in found[1].split("/")[0]:
            for name in found[2].split():
                if (found[1], name) not in ELSEWHERE:
                    yield found[1], name, found[3]


def shapes(names):
    """What the helper says of each function."""
    text = "".join(f"{package} {name}\n" for package, name in sorted(names))
    ran = subprocess.run(["go", "run", "./models"], cwd=HERE, input=text, capture_output=True, text=True,
                         env={**os.environ, "CGO_ENABLED": "0"}, check=False)
    if ran.returncode:
        sys.exit(ran.stderr)
    return {(package, name): shape for package, name, shape in map(str.split, ran.stdout.splitlines())}


def faults(shape, facts):
    """What is wrong with the facts of one function."""
    if shape == "missing":
        yield "there is no such function"
        return
    params, results = shape.split("-")
    for param, uses in re.findall(r"\.Use\((\d+), ([^)]*)\)", facts):
        if int(param) >= len(params) or params[int(param)] not in "fi":
            yield f"parameter {param} is no function that could be {uses}"
    for param in re.findall(r"If\(k\w+, (\d+)\)", facts):
        if int(param) >= len(params):
            yield f"there is no parameter {param}"
    for result in re.findall(r"\.NonNil\((\d+)\)", facts):
        if int(result) >= len(results) or results[int(result)] != "n":
            yield f"result {result} cannot be nil"
    for result, param in re.findall(r"\.Same\((\d+), (\d+)\)", facts):
        if int(result) >= len(results) or int(param) >= len(params):
            yield f"there is no result {result} or parameter {param}"


PROGRAM = """package main

import (
	"fmt"
	"reflect"
%s)

func try(name string, receiver any, method string) {
	defer func() { fmt.Println(name, recover() != nil) }()
	call := reflect.ValueOf(receiver).MethodByName(method)
	var arguments []reflect.Value
	for i := range call.Type().NumIn() {
		if call.Type().IsVariadic() && i == call.Type().NumIn()-1 {
			break
		}
		arguments = append(arguments, reflect.Zero(call.Type().In(i)))
	}
	call.Call(arguments)
}

func main() {
%s}
"""


def nil_panics(methods):
    """Whether each of (package, Type.Method) panics with a nil receiver."""
    packages = sorted({package for package, _ in methods})
    imports = "".join(f'\tp{i} "{package}"\n' for i, package in enumerate(packages))
    calls = ""
    for package, name in methods:
        type_name, method = name.split(".")
        calls += f'\ttry("{package} {name}", (*p{packages.index(package)}.{type_name})(nil), "{method}")\n'
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "main.go"
        path.write_text(PROGRAM % (imports, calls))
        ran = subprocess.run(["go", "run", str(path)], capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(ran.stderr)
    return {tuple(line.split()[:2]): line.endswith("true") for line in ran.stdout.splitlines()}


def resources():
    """(package, function, result, error) of each line of resources.def."""
    for path in RESOURCES:
        text = re.sub(r"^//.*$", "", path.read_text(), flags=re.MULTILINE)
        for _, package, names, result, error in RESOURCE.findall(text):
            for name in "".join(re.findall(r'"([^"]*)"', names)).split():
                yield package, name, int(result), int(error)


def resource_faults(shape, result, error):
    """What is wrong with a line about a function of the standard library."""
    if shape == "missing":
        yield "there is no such function"
        return
    results = shape.split("-")[1]
    if result >= len(results):
        yield f"there is no result {result}"
    if error >= 0 and (error >= len(results) or results[error] != "n"):
        yield f"result {error} is no error"
    if error < 0 and len(results) > 1 and results[-1] == "n" and result == 0:
        yield "the last result looks like its error"


def cached_folders(package):
    """Where the versions of a package without its major version are in the module cache."""
    cache = subprocess.run(["go", "env", "GOMODCACHE"], capture_output=True, text=True, check=True).stdout.strip()
    parts = [re.sub("[A-Z]", lambda letter: "!" + letter[0].lower(), part) for part in package.split("/")]
    for size in range(len(parts), 0, -1):
        module, rest = "/".join(parts[:size]), "/".join(parts[size:])
        for pattern in (f"{module}@*", f"{module}/v[0-9]*@*", f"{module}.v[0-9]*@*"):
            for found in pathlib.Path(cache).glob(pattern):
                if (found / rest).is_dir():
                    yield found / rest


def is_declared(text, name):
    """Whether Go source has a function or method; the latter also in an interface."""
    kind, _, method = name.rpartition(".")
    if not kind:
        return re.search(rf"^func {name}[\[(]", text, re.MULTILINE) is not None
    return (re.search(rf"^func \((?:\w+ )?\*?{kind}(?:\[\w+\])?\) {method}\(", text, re.MULTILINE) is not None
            or re.search(rf"^type {kind} interface {{$(?:\n(?!}}).*)*?\n\t{method}\(", text, re.MULTILINE) is not None)


def check_resources():
    """Lines looked at, lines of modules that are not there, and what is wrong."""
    known = list(resources())
    standard = [row for row in known if "." not in row[0].split("/")[0]]
    shape_of = shapes({(package, name) for package, name, _, _ in standard})
    wrong = [f"{package} {name}: {fault}" for package, name, result, error in standard
             for fault in resource_faults(shape_of[package, name], result, error)]
    texts = {}
    absent = 0
    for package, name, _, _ in known:
        if "." not in package.split("/")[0]:
            continue
        if package not in texts:
            texts[package] = "\n".join(path.read_text(errors="replace") for folder in cached_folders(package)
                                       for path in sorted(folder.glob("*.go")))
        if not texts[package]:
            absent += 1
        elif not is_declared(texts[package], name):
            wrong.append(f"{package} {name}: no version in the module cache has it")
    return len(known) - absent, absent, wrong


def main():
    known = list(entries())
    shape_of = shapes({(package, name) for package, name, _ in known})
    wrong = [f"{package} {name}: {fault}" for package, name, facts in known
             for fault in faults(shape_of[package, name], facts)]
    of_nil = {(package, name): ".NilPanics()" in facts for package, name, facts in known
              if re.search(r"\.Nil(Ok|Panics)\(\)", facts) and shape_of[package, name] != "missing"}
    for package, type_name, method in TOLERANT.findall(RECEIVERS.read_text().split("kByMistake")[0]):
        of_nil[package, f"{type_name}.{method}"] = False
    panics = nil_panics(sorted(of_nil))
    for (package, name), claimed in of_nil.items():
        if panics[package, name] != claimed:
            wrong.append(f"{package} {name}: a nil receiver {'panics' if panics[package, name] else 'is fine'}")
    held, absent, faulty = check_resources()
    wrong += faulty
    print(f"{absent} lines about modules that are not in the module cache")
    for line in wrong:
        print(line)
    print(f"{len(known) + len(of_nil) + held - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
