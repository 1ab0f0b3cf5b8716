#!/usr/bin/env python3
"""Nesting of every kind, far deeper than the limit: one located diagnostic, in time.

What nests to the left or follows in sequence is no nesting, and is accepted.
"""

import unittest

import hostile
import reporting

# Beyond every limit; the Go compiler runs out of its stack on most of these.
DEEP = 1_000_000
# Chains of this length are accepted by the Go compiler, though not by go/parser.
LONG = 100_000


def statement(text):
    return f"package p\n\nfunc f() {{\n{text}\n}}\n"


def value(text):
    return f"package p\n\nvar x = {text}\n"


def type_(text):
    return f"package p\n\ntype T {text}\n"


def nested(opening, inner, closing, wrap):
    """Source that nests DEEP levels; in pieces, so that it is not built in memory."""
    before, after = wrap("\0").split("\0")
    yield before
    yield from pieces(opening)
    yield inner
    yield from pieces(closing)
    yield after


def pieces(text, count=DEEP):
    step = 10_000
    for _ in range(count // step):
        yield text * step


NESTED = {
    "parentheses": ("(", "1", ")", value),
    "unary minus": ("- ", "1", "", value),
    "address": ("& ", "x", "", value),
    "receive": ("<- ", "x", "", value),
    "index": ("a[", "0", "]", value),
    "calls": ("f(", "0", ")", value),
    "pairs to the right": ("1+(", "1", ")", value),
    "function literals": ("func() {", "", "}()\n", statement),
    "function literals in expressions": ("func() int { return ", "1", "}", value),
    "composite literals": ("{", "", "}", lambda t: value("T" + t)),
    "keyed composite literals": ("T{a: ", "1", "}", value),
    "blocks": ("{", "", "}\n", statement),
    "if": ("if x {\n", "", "}\n", statement),
    "for": ("for {\n", "", "}\n", statement),
    "switch": ("switch { case x:\n", "", "}\n", statement),
    "select": ("select { case <-c:\n", "", "}\n", statement),
    "labels": ("l: ", ";", "", statement),
    "pointer types": ("*", "int", "", type_),
    "slice types": ("[]", "int", "", type_),
    "array types": ("[1]", "int", "", type_),
    "array lengths": ("[", "1", "]int", type_),
    "map keys": ("map[", "int", "]int", type_),
    "map values": ("map[int]", "int", "", type_),
    "channels": ("chan ", "int", "", type_),
    "receive channels": ("<-chan ", "int", "", type_),
    "structs": ("struct { a ", "int", "}", type_),
    "interfaces": ("interface { m(", "", ") }", type_),
    "function types": ("func(", "", ")", type_),
    "function results": ("func() ", "int", "", type_),
    "type arguments": ("T[", "int", "]", type_),
    "type parameters": ("interface{ ~[]", "int", "}", type_),
    "parenthesised types": ("(", "int", ")", type_),
    "conversions": ("[]T(", "x", ")", value),
    "type assertions": ("x.([", "1", "]int)", value),
}

CHAINS = {
    "sum": value("1" + "+1" * LONG),
    "concatenation": value('"a"' + ' +\n"a"' * LONG),
    "logic": value("a" + " && a" * LONG),
    "mixed operators": value("1" + "+1*1" * (LONG // 2)),
    "selectors": value("a" + ".b" * LONG),
    "calls": value("f" + "()" * LONG),
    "method calls": value("f" + ".g()" * (LONG // 2)),
    "indices": value("a" + "[0]" * LONG),
    "slices": value("a" + "[:]" * LONG),
    "type assertions": value("a" + ".(T)" * LONG),
    "statements": statement("f()\n" * LONG),
    "declarations": "package p\n" + "var _ = 1\n" * LONG,
    "list": value("[]int{" + "1," * LONG + "}"),
    "arguments": value("f(" + "1," * LONG + ")"),
    "parameters": type_("func(" + "int," * LONG + ")"),
    "cases": statement("switch x {\n" + "case 1:\n" * LONG + "}"),
    "union": type_("interface {" + "int|" * LONG + "int}"),
}


class Nesting(hostile.HostileTest):
    """A method for each entry of NESTED and CHAINS is added below."""


def add_tests():
    def deep(parts):
        def test(self):
            self.write("bad.go", nested(*parts))
            # Everything deep is on its own line or on the first line of the construct.
            self.assert_rejected("bad.go", r"\d+:\d+", "nest")

        return test

    def unclosed(parts):
        def test(self):
            opening, inner, _, wrap = parts
            self.write("bad.go", nested(opening, inner, "", wrap))
            self.assert_rejected("bad.go", r"\d+:\d+")

        return test

    def chain(text):
        def test(self):
            self.write("long.go", text)
            self.assert_accepted("long.go")

        return test

    for name, parts in NESTED.items():
        setattr(Nesting, f"test_deep {name}", deep(parts))
        if parts[2]:
            setattr(Nesting, f"test_unclosed {name}", unclosed(parts))
    for name, text in CHAINS.items():
        setattr(Nesting, f"test_chain {name}", chain(text))


add_tests()


class ElseIf(hostile.HostileTest):
    def test_a_long_chain_is_accepted(self):
        self.write("long.go", statement("if x {\n}" + " else if x {\n}" * 10_000))
        self.assert_accepted("long.go")


if __name__ == "__main__":
    reporting.main()
