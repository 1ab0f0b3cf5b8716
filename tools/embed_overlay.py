#!/usr/bin/env python3
"""Writes Go text as C++, for a function that gives it: OUTPUT HEADER NAMESPACE FUNCTION FOLDER FILE...

HEADER declares the function of gdlint::NAMESPACE; packages are named by their place below FOLDER.
"""

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
    output, header, namespace, function, folder, *files = sys.argv[1:]
    entries = []
    for path in sorted(files):
        relative = os.path.relpath(path, folder)
        package, name = os.path.split(relative)
        with open(path, encoding="utf-8") as source:
            text = source.read()
        entries.append('  {"%s", "%s",\n%s},\n' % (package, name, literal(text)))
    with open(output, "w", encoding="utf-8") as out:
        out.write('#include "%s"\n\n' % header)
        out.write("namespace gdlint::%s {\nnamespace {\n\n" % namespace)
        out.write("constexpr interp::OverlayFile kFiles[] = {\n" + "".join(entries) + "};\n\n")
        out.write("}  // namespace\n\n")
        out.write("std::span<const interp::OverlayFile> %s() { return kFiles; }\n\n" % function)
        out.write("}  // namespace gdlint::%s\n" % namespace)


main()
