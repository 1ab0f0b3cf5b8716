#!/usr/bin/env python3
"""Writes the Go text below interp/overlay as C++: OUTPUT FOLDER FILE..."""

import os
import sys


def literal(text):
    lines = []
    for line in text.splitlines(keepends=True):
        escaped = line.replace("\\", "\\\\").replace('"', '\\"')
        escaped = escaped.replace("\n", "\\n").replace("\t", "\\t")
        lines.append('    "' + escaped + '"')
    return "\n".join(lines) if lines else '    ""'


def main():
    output, folder, *files = sys.argv[1:]
    entries = []
    for path in sorted(files):
        relative = os.path.relpath(path, folder)
        package, name = os.path.split(relative)
        with open(path, encoding="utf-8") as source:
            text = source.read()
        entries.append('  {"%s", "%s",\n%s},\n' % (package, name, literal(text)))
    with open(output, "w", encoding="utf-8") as out:
        out.write('#include "interp/overlay.h"\n\n')
        out.write("namespace gdlint::interp {\nnamespace {\n\n")
        out.write("constexpr OverlayFile kFiles[] = {\n" + "".join(entries) + "};\n\n")
        out.write("}  // namespace\n\n")
        out.write("std::span<const OverlayFile> OverlayFiles() { return kFiles; }\n\n")
        out.write("}  // namespace gdlint::interp\n")


main()
