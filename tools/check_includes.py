#!/usr/bin/env python3
"""Fails if a file includes what its folder may not: `check_includes.py ROOT`.

A folder is a stage and includes only from the stages before it, so that the stages stay
apart and each can be read, tested and replaced alone. Another row, or another word in a
row, needs a file in docs/decisions/ that says why.
"""

import pathlib
import re
import sys

# Each folder may include itself, `support`, `source` and what is listed here.
MAY_INCLUDE = {
    "support": "",
    "source": "",
    "lexer": "",
    "ast": "lexer",
    "parser": "ast lexer",
    "types": "ast lexer",
    "loader": "types parser ast lexer",
    "ssa": "types ast lexer",
    "interp": "ssa types",
    "dataflow": "ssa types ast",
    "checks": "dataflow ssa types ast lexer",
    "report": "checks dataflow ssa types",
    "driver": "report checks dataflow interp ssa loader types parser ast lexer",
}
# These may include every folder, and no folder may include them.
ABOVE_ALL = ("tests", "bench")

# `support` lies below everything, `source` above it alone.
BELOW_SOURCE = "support"

# Libraries whose headers are slow to compile, or that are optional: only these files may include them.
ONLY_IN = {
    "boost/multiprecision/": ("types/big_number_boost.h",),
    "boost/graph/": ("ssa/dominators.cpp", "dataflow/call_graph_order.cpp"),
    "CLI/": ("driver/options.cpp",),
    "gvc.h": ("report/graph_layout.cpp",),
    "nlohmann/": ("report/json.cpp", "report/explanation_json.cpp"),
    "toml++/": ("driver/settings.cpp",),
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', re.MULTILINE)
SUFFIXES = (".h", ".cpp", ".def", ".inc")


def allowed_folders(folder):
    """The folders that a file in `folder` may include from."""
    if folder in ABOVE_ALL:
        return {*MAY_INCLUDE, *ABOVE_ALL}
    if folder == BELOW_SOURCE:
        return {folder}
    return {folder, "support", "source", *MAY_INCLUDE[folder].split()}


def problems_of(name, text):
    """What is wrong with the includes of the file `name` (relative to the root)."""
    folder = name.split("/")[0]
    known = {*MAY_INCLUDE, *ABOVE_ALL}
    for bracket, header in INCLUDE.findall(text):
        target = header.split("/")[0]
        if bracket == '"' and target not in known:
            yield f'{name}: "{header}" does not begin with a folder of the project'
        if target in known and target not in allowed_folders(folder):
            yield f"{name}: {folder} may not include {target} ({header})"
        for prefix, files in ONLY_IN.items():
            if header.startswith(prefix) and name not in files:
                places = ", ".join(files) or "no file yet"
                yield f"{name}: <{header}> is slow to compile; it belongs in: {places}"


def problems(root):
    """What is wrong with the includes of all files below `root`."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        folder = name.split("/")[0]
        is_ours = folder in MAY_INCLUDE or folder in ABOVE_ALL
        if is_ours and path.suffix in SUFFIXES and path.is_file():
            yield from problems_of(name, path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    found = list(problems(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    sys.exit(1 if found else 0)
