#!/usr/bin/env python3
"""Writes Go source that looks like Go source: generate.py DIRECTORY [MEGABYTES].

The same bytes each time, so that counts of instructions can be compared from commit to
commit and from machine to machine. The mix (names, literals, comments, lengths of bodies)
is near that of Go's own library: a token for every five to six bytes.
"""

import pathlib
import random
import sys

NAMES = (
    "i j k n b s err ok ctx buf src dst key val req resp conn node list index count "
    "length reader writer handler config options result offset header payload"
).split()
TYPES = "int string error bool []byte *Node map[string]int func(int) error T any".split()
FILE_BYTES = 40_000


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []

    def name(self):
        return self.random.choice(NAMES)

    def operand(self, depth):
        kind = self.random.randrange(10)
        name = self.name()
        if kind < 4 or depth > 3:
            return name
        if kind == 4:
            return str(self.random.randrange(1000))
        if kind == 5:
            return f'"{" ".join(self.random.choices(NAMES, k=4))}\\n"'
        if kind == 6:
            return f"{name}.{self.name().title()}"
        if kind == 7:
            return f"{name}[{self.expression(depth + 1)}]"
        if kind == 8:
            return f"{name}.{self.name().title()}({self.expression(depth + 1)}, {self.name()})"
        return f"({self.expression(depth + 1)})"

    def expression(self, depth=0):
        text = self.operand(depth)
        while self.random.random() < 0.25:
            operator = self.random.choice(["+", "-", "*", "<", "==", "&&", "||", "<<"])
            text += f" {operator} {self.operand(depth + 1)}"
        return text

    def line(self, indent, text):
        self.lines.append("\t" * indent + text)

    def block(self, indent, length):
        for _ in range(length):
            self.statement(indent)

    def nested(self, indent, header, closing="}"):
        self.line(indent, header + " {")
        self.block(indent + 1, self.random.randrange(1, 4))
        self.line(indent, closing)

    def statement(self, indent):
        kind = self.random.randrange(14 if indent < 4 else 8)
        name = self.name()
        if kind < 3:
            self.line(indent, f"{name} := {self.expression()}")
        elif kind < 5:
            self.line(indent, f"{name}.{self.name().title()} = {self.expression()}")
        elif kind == 5:
            self.line(indent, f"{name}.{self.name().title()}({self.expression()}) // {self.name()}")
        elif kind == 6:
            self.line(indent, f"// {' '.join(self.random.choices(NAMES, k=9))}.")
            self.line(indent, f"{name}++")
        elif kind == 7:
            self.line(indent, f"defer {name}.Close()")
        elif kind < 11:
            self.nested(indent, f"if {name} := {self.expression()}; {name} != nil")
        elif kind == 11:
            self.nested(indent, f"for _, {name} := range {self.expression()}")
        elif kind == 12:
            self.line(indent, f"switch {name} {{")
            self.line(indent, f"case {self.random.randrange(99)}, {self.name()}:")
            self.block(indent + 1, 2)
            self.line(indent, "}")
        else:
            self.nested(indent, f"{name} := func({self.name()} {self.random.choice(TYPES)}) error", "}")

    def type(self, number):
        self.line(0, f"// Type{number} {' '.join(self.random.choices(NAMES, k=12))}.")
        self.line(0, f"type Type{number}[T any] struct {{")
        for field in self.random.sample(NAMES, 6):
            self.line(1, f'{field.title()} {self.random.choice(TYPES)} `json:"{field}"`')
        self.line(0, "}")

    def function(self, number):
        first, second = self.random.choices(TYPES, k=2)
        self.line(0, f"func (n *Node) F{number}({self.name()} {first}, s {second}) (int, error) {{")
        self.block(1, self.random.randrange(3, 14))
        self.line(1, "return 0, nil")
        self.line(0, "}")

    def file(self):
        self.lines = ["package p", "", 'import "fmt"', ""]
        number = 0
        while sum(map(len, self.lines)) < FILE_BYTES:
            for _ in range(8):
                number += 1
                self.type(number) if number % 8 == 0 else self.function(number)
                self.line(0, "")
        return "\n".join(self.lines)


def main(directory, megabytes="2"):
    folder = pathlib.Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(int(megabytes) * 1_000_000 // FILE_BYTES):
        (folder / f"file{number}.go").write_text(Writer(number).file(), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
