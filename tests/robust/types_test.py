#!/usr/bin/env python3
"""What makes type checkers hang or run out of memory: an answer, in time.

Each case is either right, and accepted, or an error is told at a place: that of the Go
compiler, or "too complex" where a budget is spent.
"""

import re
import unittest

import hostile
import reporting

LONG = 100_000
MANY = 10_000
# What the parser accepts; one level of these takes up to three of its own.
DEEP = 300
TOO_COMPLEX = r"\d+:\d+: .*too (complex|large)"
ERROR = r"\d+:\d+: "


def program(*parts):
    return "package p\n\n" + "\n".join(parts) + "\n"


def body(text, before=""):
    return program(before, "func f() {", text, "}")


def series(pattern, count, start=0):
    """The pattern for each number: `#` stands for it, `@` for the one before."""
    pieces = re.split(r"([#@])", pattern)
    return "".join(
        "".join(
            str(i) if piece == "#" else str(i - 1) if piece == "@" else piece
            for piece in pieces
        )
        for i in range(start, start + count)
    )


def nested(opening, inner, closing, depth=DEEP):
    return opening * depth + inner + closing * depth


DOUBLING_STRINGS = 'const S0 = "0123456789abcdef"\n' + series("const S# = S@ + S@\n", 39, 1)
CHAINED = (
    "type I0 interface{ M0() }\n"
    + series("type I# interface{ I@; M#() }\n", 2_000, 1)
)

# By name: the text, and a pattern of what is said first; None if nothing is.
EXPONENTIAL = {
    "doubling structs": (
        program("type T0 struct{ a int }", series("type T# struct{ a, b T@ }\n", 40, 1),
                "var v T40"), None),
    "doubling structs that are compared": (
        program("type T0 struct{ a int }", series("type T# struct{ a, b T@ }\n", 40, 1),
                "var x, y T40", "var z = x == y"), None),
    "doubling structs whose size is asked for": (
        program('import "unsafe"', "type T0 struct{ a int }",
                series("type T# struct{ a, b T@ }\n", 80, 1),
                "var _ [unsafe.Sizeof(T80{})]int"), ERROR),
    "doubling structs as keys": (
        program("type T0 struct{ a int }", series("type T# struct{ a, b T@ }\n", 40, 1),
                "var m map[T40]T40"), None),
    "doubling struct aliases": (
        program("type T0 = struct{ a int }", series("type T# = struct{ a, b T@ }\n", 40, 1),
                "var v T40"), None),
    "doubling struct aliases that are compared": (
        program("type T0 = struct{ a int }", series("type T# = struct{ a, b T@ }\n", 40, 1),
                "var x, y T40", "var z = x == y"), None),
    "doubling struct aliases twice": (
        program("type T0 = struct{ a int }", series("type T# = struct{ a, b T@ }\n", 40, 1),
                "type U0 = struct{ a int }", series("type U# = struct{ a, b U@ }\n", 40, 1),
                "var x T40", "var y U40 = x"), None),
    "doubling struct aliases that differ in the end": (
        program("type T0 = struct{ a int }", series("type T# = struct{ a, b T@ }\n", 40, 1),
                "type U0 = struct{ a int8 }", series("type U# = struct{ a, b U@ }\n", 40, 1),
                "var x T40", "var y U40 = x"), ERROR),
    "doubling struct aliases in a message": (
        program("type T0 = struct{ a int }", series("type T# = struct{ a, b T@ }\n", 40, 1),
                "var x T40 = 1"), ERROR),
    "doubling struct aliases as keys": (
        program("type T0 = struct{ a int }", series("type T# = struct{ a, b T@ }\n", 40, 1),
                "var m = map[T40]int{T40{}: 1, T40{}: 2}"), None),
    "doubling struct aliases in a type switch": (
        body("switch x.(type) { case T40: case U40: case struct{ a, b T39 }: }",
             "type T0 = struct{ a int }\n" + series("type T# = struct{ a, b T@ }\n", 40, 1)
             + "type U0 = struct{ a int }\n" + series("type U# = struct{ a, b U@ }\n", 40, 1)
             + "var x any"), ERROR),
    "doubling struct aliases in a defined type": (
        program("type T0 = struct{ a int }", series("type T# = struct{ a, b T@ }\n", 40, 1),
                "type D struct{ t T40 }", "type G[P any] struct{ p P; t T40 }", "var x G[D]"),
        None),
    "doubling interface aliases in a defined type": (
        program("type T0 = interface{ m() }",
                series("type T# = interface{ T@; interface{ T@ } }\n", 40, 1),
                "type D interface{ T40 }"), None),
    "doubling function aliases": (
        program("type T0 = func()", series("type T# = func(T@, T@) T@\n", 40, 1),
                "type U0 = func()", series("type U# = func(U@, U@) U@\n", 40, 1),
                "var x T40", "var y U40 = x"), None),
    "doubling interface aliases": (
        program("type T0 = interface{ m() }",
                series("type T# = interface{ a(T@); b(T@) }\n", 40, 1),
                "type U0 = interface{ m() }",
                series("type U# = interface{ a(U@); b(U@) }\n", 40, 1),
                "var x T40", "var y U40 = x"), None),
    "doubling array aliases": (
        program("type T0 = [2]int", series("type T# = [2]T@\n", 80, 1), "var x T80"), None),
    "doubling embedded structs": (
        program("type T0 struct{ F int }", series(
            "type A# struct{ T@ }\ntype B# struct{ T@ }\ntype T# struct{ A#; B# }\n", 40, 1),
            "var x T40", "var y = x.F", "var z = x.G"), ERROR),
    "doubling embedded pointers": (
        program("type T0 struct{ F int }", series(
            "type A# struct{ *T@ }\ntype B# struct{ *T@ }\ntype T# struct{ *A#; *B# }\n", 40, 1),
            "var x T40", "var z = x.G", "var i interface{ M() } = x"), ERROR),
    "doubling string constants": (program(DOUBLING_STRINGS, "var x = S39"), TOO_COMPLEX),
    "length of doubling string constants": (
        program(DOUBLING_STRINGS, "const n = len(S39)", "var x = n"), TOO_COMPLEX),
    "doubling string constants that are compared": (
        program(DOUBLING_STRINGS, "const n = S39 == S38", "var x = n"), TOO_COMPLEX),
    "doubling string constants that are converted": (
        program(DOUBLING_STRINGS, "var x = []byte(S39)[0]"), TOO_COMPLEX),
    "long string constants that are compared": (
        program(DOUBLING_STRINGS, series("const c# = S20+S19 == S19+S20\n", 100)), TOO_COMPLEX),
    "long string constants as cases": (
        body("switch x {\n" + series('case S20+"#":\n', 1_000) + "}",
             DOUBLING_STRINGS.split("const S21")[0] + "var x string"), TOO_COMPLEX),
    "long string constants as keys": (
        program(DOUBLING_STRINGS.split("const S21")[0],
                "var m = map[string]int{" + series('S20+"#": #,\n', 1_000) + "}"), TOO_COMPLEX),
    "doubling generic pairs": (
        program("type P[A, B any] struct{ a A; b B }", "type T0 = int",
                series("type T# = P[T@, T@]\n", 40, 1), "var x T40"), None),
    "doubling generic pairs in a message": (
        program("type P[A, B any] struct{ a A; b B }", "type T0 = int",
                series("type T# = P[T@, T@]\n", 40, 1), "var x T40 = 1"), ERROR),
    "doubling generic pairs by calls": (
        body(series("x# := pair(x@, x@)\n", 29, 1) + "_ = x29",
             "type P[A, B any] struct{ a A; b B }\n"
             "func pair[A, B any](a A, b B) P[A, B] { return P[A, B]{a, b} }\n"
             "var x0 int"), None),
    "doubling generic pairs that are compared": (
        body(series("x# := pair(x@, x@)\n", 40, 1) + "_ = x40 == x40; _ = x40.a == x40.b",
             "type P[A, B any] struct{ a A; b B }\n"
             "func pair[A, B any](a A, b B) P[A, B] { return P[A, B]{a, b} }\n"
             "var x0 int"), None),
    "doubling generic pairs of functions": (
        body(series("x# := pair(x@, x@)\n", 40, 1) + "_ = x40",
             "func pair[A, B any](a A, b B) func(A, B) (A, B) { return nil }\n"
             "var x0 int"), None),
    "doubling generic pairs of structs": (
        body(series("x# := pair(x@, x@)\n", 40, 1) + "_ = x40 == x40; x40 = 1",
             "func pair[A, B any](a A, b B) struct{ a A; b B } { panic(0) }\n"
             "var x0 int"), ERROR),
    "doubling generic aliases": (
        program("type P[A, B any] = struct{ a A; b B }", "type T0 = int",
                series("type T# = P[T@, T@]\n", 40, 1), "var x, y T40", "var z = x == y"), None),
    "doubling parameterised aliases": (
        program("type T0[A any] = struct{ a A }",
                series("type T#[A any] = struct{ a, b T@[A] }\n", 40, 1),
                "var x T40[int]"), None),
    "growing parameterised aliases": (
        program("type T0[A any] = struct{ a A }",
                series("type T#[A any] = T@[struct{ a, b A }]\n", 40, 1),
                "var x T40[int]"), None),
    "doubling parameterised types": (
        program("type T0[A any] struct{ a A }",
                series("type T#[A any] struct{ a T@[A]; b T@[*A] }\n", 40, 1),
                "var x T40[int]"), TOO_COMPLEX),
    "doubling inference": (
        body(series("x# := g(x@, x@)\n", 40, 1) + "_ = x40",
             "func g[A any](a, b A) map[string]func(A) A { return nil }\nvar x0 int"), None),
    "doubling inference against functions": (
        body("h(x40, x40)",
             "type T0 = func()\n" + series("type T# = func(T@, T@) T@\n", 40, 1)
             + "func h[A any](func(A, A) A, func(A, A) A) {}\nvar x40 T40"), None),
    "doubling unions": (
        program("type T0 interface{ int }",
                series("type T# interface{ T@ | T@ }\n", 40, 1),
                "func f[P T40](x P) P { return x + x }"), None),
    "doubling embedded constraints": (
        program("type T0 interface{ int | string }",
                series("type A# interface{ T@ }\ntype B# interface{ T@ }\n"
                       "type T# interface{ A#; B# }\n", 40, 1),
                "func f[P T40](x P) P { return x + x }", "var x = f(1)"), None),
    "doubling interface embedding": (
        program("type T0 interface{ m() }",
                series("type A# interface{ T@ }\ntype B# interface{ T@ }\n"
                       "type T# interface{ A#; B# }\n", 40, 1),
                "var x T40", "var y T0 = x"), None),
    "doubling interface alias embedding": (
        program("type T0 = interface{ m() }",
                series("type T# = interface{ T@; interface{ T@ } }\n", 40, 1),
                "var x T40", "var y T0 = x"), None),
}

CHAINED_CASES = {
    "chained embedded interfaces": (program(CHAINED, "var x I2000"), None),
    "chained embedded interfaces that are used": (
        program(CHAINED, "var x I2000", "var y I0 = x", "var z I2000 = y"), ERROR),
    "chained embedded interfaces backwards": (
        program(series("type J# interface{ J@; M#() }\n", 4_000, 1).replace("J0;", ""),
                "var x J4000"), None),
    "chained embedded interfaces by the ten thousand": (
        program("type J0 interface{ M0() }",
                series("type J# interface{ J@; M#() }\n", 20_000, 1)), TOO_COMPLEX),
    "interfaces that embed a large one": (
        program("type I interface{", series("m#()\n", MANY), "}",
                series("type J# interface{ I; M#() }\n", MANY)), TOO_COMPLEX),
    "chained embedded structs": (
        program("type T0 struct{ F int }", series("type T# struct{ T@ }\n", 4_000, 1),
                "var x T4000", "var y = x.F", "var z = x.G"), ERROR),
    "chained embedded structs with methods": (
        program("type T0 struct{ F int }",
                series("type T# struct{ T@ }\nfunc (T#) M#() {}\n", 2_000, 1),
                "var x T2000", "var i interface{ M1() } = x",
                "var j interface{ N() } = x"), ERROR),
    "chained types": (
        program("type T0 struct{ F int }", series("type T# T@\n", LONG, 1),
                f"var x T{LONG}"), None),
    "chained types backwards": (
        program(*reversed(series("type T# T@\n", 20_000, 1).splitlines()),
                "type T0 int", "var x T20000"), None),
    "chained aliases": (
        program("type T0 struct{ F int }", series("type T# = T@\n", MANY, 1),
                f"var x T{MANY}", "var y = x.F"), None),
    "chained aliases backwards": (
        program("var x T10000",
                *reversed(series("type T# = T@\n", MANY, 1).splitlines()),
                "type T0 int"), None),
    "chained constants": (
        program("const c0 = 1", series("const c# = c@\n", LONG, 1)), None),
    "chained constants backwards": (
        program(*reversed(series("const c# = c@\n", 20_000, 1).splitlines()),
                "const c0 = 1"), None),
    "chained variables": (
        program("var v0 = 1", series("var v# = v@\n", LONG, 1)), None),
    "chained variables backwards": (
        program(*reversed(series("var v# = v@\n", 20_000, 1).splitlines()),
                "var v0 = 1"), None),
    "chained functions": (
        program("func f0() {}", series("func f#() { f@() }\n", LONG, 1),
                f"var x = func() int {{ f{LONG}(); return 1 }}()"), None),
    "functions that all call each other": (
        program(*(f"func f{i}() {{ " + series("f#();", 300) + " }" for i in range(300)),
                series("var v# = func() int { f#(); return 0 }()\n", 300)), None),
    "variables that all depend on each other": (
        program(*(f"var v{i} = 0" + series("+v#", i) for i in range(400))), None),
    "chained pointers": (
        program("type T0 struct{ p *T3000 }", series("type T# struct{ p *T@ }\n", 3_000, 1),
                "var x, y T3000", "var z = x == y"), None),
    "chained generic types": (
        program("type T0[A any] struct{ a A }",
                series("type T#[A any] struct{ a T@[A] }\n", 1_000, 1),
                "var x T1000[int]"), None),
    "chained generic types with one definition": (
        program("type T0[A any] struct{ a A }", series("type T#[A any] T@[A]\n", 900, 1),
                "var x T900[int]", "var y = x.a"), None),
    # TODO: such chains take quadratic time, so these two have twice the time.
    "chained generic types with one definition by the thousand": (
        program("type T0[A any] struct{ a A }", series("type T#[A any] T@[A]\n", 1_100, 1),
                "var x T1100[int]", "var y = x.a"), TOO_COMPLEX, 2 * hostile.SECONDS),
    "chained generic types with one definition in a body": (
        body("var x T1100[int]; y := x.a; _ = y",
             "type T0[A any] struct{ a A }\n" + series("type T#[A any] T@[A]\n", 1_100, 1)),
        TOO_COMPLEX, 2 * hostile.SECONDS),
    "chained generic functions": (
        program("func f0[A any](a A) {}",
                series("func f#[A any](a A) { f@(a) }\n", 2_000, 1),
                "var x = func() int { f2000(1); return 0 }()"), None),
    "chained generic functions that grow": (
        program("func f0[A any](a A) {}",
                series("func f#[A any](a A) { f@(&a) }\n", 2_000, 1)), None),
    "chained closures": (
        body(series("x# := func() int { return x@() }\n", MANY, 1) + f"_ = x{MANY}",
             "func x0() int { return 0 }"), None),
    "chained composite values": (
        body(series("x# := []any{x@, x@}\n", MANY, 1) + f"_ = x{MANY}", "var x0 any"), None),
    "growing list types": (
        body(series("x# := wrap(x@)\n", 900, 1) + "_ = x900 ",
             "func wrap[T any](x T) []T { return nil }\nvar x0 int"), None),
    "growing list types by the thousand": (
        body(series("x# := wrap(x@)\n", 2_000, 1) + "_ = x2000 ",
             "func wrap[T any](x T) []T { return nil }\nvar x0 int"), None),
}

CYCLES = {
    "a struct in itself": (program("type T struct{ t T }"), "invalid recursive type"),
    "a ring of structs": (
        program("type T0 struct{ t T9999 }", series("type T# struct{ t T@ }\n", 9_999, 1)),
        "invalid recursive type"),
    "a ring of types": (
        program("type T0 T9999", series("type T# T@\n", 9_999, 1)), "invalid recursive type"),
    "a ring of aliases": (
        program("type T0 = T9999", series("type T# = T@\n", 9_999, 1)), "invalid recursive type"),
    "a ring of constants": (
        program("const c0 = c9999", series("const c# = c@\n", 9_999, 1)), "initialization cycle"),
    "a ring of variables": (
        program("var v0 = v9999", series("var v# = v@\n", 9_999, 1)), "initialization cycle"),
    "a ring of typed variables": (
        program("var v0 int = v9999", series("var v# int = v@\n", 9_999, 1)),
        "initialization cycle"),
    "a ring of functions": (
        program("func f0() { f9999() }", series("func f#() { f@() }\n", 9_999, 1)), None),
    "a ring of functions and a variable": (
        program("var v int = func() int { f0(); return 0 }()", "func f0() { f9999(); _ = v }",
                series("func f#() { f@() }\n", 9_999, 1)), "initialization cycle"),
    "a ring of interfaces": (
        program("type T0 interface{ T9999 }", series("type T# interface{ T@ }\n", 9_999, 1)),
        "invalid recursive type"),
    "a ring of arrays": (
        program("type T0 [2]T9999", series("type T# [2]T@\n", 9_999, 1)),
        "invalid recursive type"),
    "a ring of lengths": (
        program("type T0 [len(x9999)]int", "var x0 T0",
                series("type T# [len(x@)]int\nvar x# T#\n", 9_999, 1)), ERROR),
    "a ring of generic types": (
        program("type T0[P any] struct{ t T999[P] }",
                series("type T#[P any] struct{ t T@[P] }\n", 999, 1)), "invalid recursive type"),
    "a ring of constraints": (
        program("type T0[P T9999[P]] interface{}",
                series("type T#[P T@[P]] interface{}\n", 9_999, 1)), None),
    "an interface that grows in a method": (
        program("type I[T any] interface{ M() interface{ I[*T] } }", "var x I[int]"), "instantiation cycle"),
    "a struct that grows": (
        program("type T[P any] struct{ t *T[*P] }", "var x T[int]"), "instantiation cycle"),
    "a struct that grows and is selected from": (
        program("type T[P any] struct{ t *T[*P]; p P }", "var x T[int]",
                "var y = x" + ".t" * 5_000), ERROR),
    "a function that grows": (
        program("func f[T any](x T) { f(&x) }"), "instantiation cycle"),
    "a function that grows twofold": (
        program("type P[A, B any] struct{ a A; b B }",
                "func f[T any](x T) { f(P[T, T]{x, x}) }"), "instantiation cycle"),
    "types that grow around each other": (
        program("type A[P any] struct{ b *B[A[P]] }", "type B[P any] struct{ a *A[B[P]] }",
                "var x A[int]"), "instantiation cycle"),
    "methods that grow": (
        program("type T[P any] struct{}", "func (T[P]) m() T[T[P]] { panic(0) }",
                "var x = T[int]{}" + ".m()" * 2_000), "instantiation cycle|too complex"),
    "methods that double": (
        program("type T[A, B any] struct{}",
                "func (T[A, B]) m() T[T[A, B], T[B, A]] { panic(0) }",
                "var x = T[int, int]{}" + ".m()" * 40, "var y string = x"), ERROR),
    "interfaces of growing instances that are compared": (
        program("type I[T any] interface{ m(I[[]T]) }", "type J[T any] interface{ m(J[[]T]) }",
                "var x I[int]", "var y J[int] = x"), "wrong type for method"),
    "an alias that grows": (
        program("type A[P any] = []A[*P]", "var x A[int]"), ERROR),
    "an interface that embeds a growing one": (
        program("type I[T any] interface{ I[*T]; m() }", "var x I[int]"), ERROR),
    "a type of itself": (program("type T[P any] P", "var x T[int]"), ERROR),
    "a type parameter bounded by itself": (
        program("func f[P interface{ ~[]P }](x P) { for _, y := range x { f(y) } }",
                "func g[P Q, Q P]() {}"), ERROR),
    "inference in a circle": (
        program("func f[P interface{ *Q }, Q interface{ *P }](p P) {}", "func g() { f(1) }"),
        ERROR),
    "core types in a circle of a type that two parameters share": (
        program("func f[P, Q interface{ func(Q) P }]() {}", "func g() { f() }"),
        "cannot infer P"),
    "core types in a circle": (
        program("func f[A interface{ []B }, B interface{ []C }, C interface{ []A }](a A) {}",
                "func g() { f([][][]int{}) }"), ERROR),
    "self application": (
        program("func f[T any](T, []T) {}", "func g() { var x []any; f(f, x) }"), ERROR),
}

BIG = {
    "1<<1e9": (program("const c = 1 << 1e9"), ERROR),
    "1<<1e9 in a variable": (program("var c = 1 << 1e9 >> 1e9"), ERROR),
    "a power by doubling": (
        program("const a0 = 3", series("const a# = a@ * a@\n", 60, 1), "var x = a60"), ERROR),
    "a float by doubling": (
        program("const a0 = 3.5", series("const a# = a@ * a@\n", 100, 1),
                "var x float64 = a100"), ERROR),
    "a fraction by doubling": (
        program("const a0 = 1/3.0", series("const a# = a@ * a@\n", 100, 1),
                "var x float64 = a100"), None),
    "a complex number by doubling": (
        program("const a0 = 1/3.0 + 3i", series("const a# = a@ * a@\n", 100, 1),
                "var x complex128 = a100"), ERROR),
    "a product of ten thousand": (
        program("const a = 12345678901234567890", "const b = " + "a*" * MANY + "a"), ERROR),
    "a product of fractions": (
        program("const a = 1.0/3", "const b = " + "a*" * MANY + "a", "var x float64 = b"), None),
    "a sum of fractions": (
        program("const b = 0.0" + series("+1.0/#", 5_000, 1), "var x float64 = b"), None),
    "great exponents": (
        program("const a = 1e1000000000", "const b = 1e-1000000000", "const c = 0x1p+2147483647",
                "const d = 0x1p-2147483647", "var x float64 = a"), ERROR),
    "great exponents as integers": (program("const a = 1 << int(1e100000)"), ERROR),
    "an integer of 100,000 digits": (program("const a = " + "9" * LONG), ERROR),
    "numbers of 10,000 digits": (
        program(series("const a# = 0." + "7" * 9_990 + "\n", 200),), None),
    "divisions of 10,000 digits": (
        program("const a = 0." + "7" * 9_990, "const b = 0." + "3" * 9_991,
                series("const c# = a / b\n", 20)), None),
    "division by zero": (program("const a = 1 / 0", "var b = 1.0 / 0", "var c = 1 % 0"), ERROR),
    "an array of 1<<62": (program("var a [1 << 62]int"), None),
    "an array of 1<<62 whose size is asked for": (
        program('import "unsafe"', "const c = unsafe.Sizeof([1 << 62]int{})"), ERROR),
    "arrays of arrays": (program("var a [1 << 40][1 << 40]byte"), None),
    "a literal with index 1<<40": (program("var a = [...]int{1 << 40: 1}"), None),
    "a list with index 1<<30": (program("var a = []int{1 << 30: 1}"), None),
    "a list with index 1<<62": (program("var a = []int{1<<62: 1, 2, 3}"), None),
    "a list with index 1<<63 - 1": (program("var a = []int{1<<63 - 1: 1, 2, 3}"), None),
    "indices in strings": (program('var a = "abc"[1 << 62]'), ERROR),
    "make of great size": (body("_ = make([]int, 1 << 62); _ = make([]int, 1 << 100)"), ERROR),
}

CASES_NAMED = "var x int\nvar s string\nvar i any\n"
LONG_LISTS = {
    "cases": (body("switch x {\n" + series("case #:\n", LONG) + "}", CASES_NAMED), None),
    "cases of strings": (
        body("switch s {\n" + series('case "#":\n', LONG) + "}", CASES_NAMED), None),
    "cases of anything": (
        body("switch i {\n" + series('case #, "#", #.5:\n', LONG // 3) + "}", CASES_NAMED), None),
    "cases of many types": (
        body("switch i {\n" + series("case T#(1):\n", MANY) + "}",
             CASES_NAMED + series("type T# int\n", MANY)), None),
    "equal cases": (body("switch x {\n" + "case 1:\n" * LONG + "}", CASES_NAMED), ERROR),
    "equal cases of many types": (
        body("switch i {\n" + series("case T#(1):\n", MANY) * 2 + "}",
             CASES_NAMED + series("type T# int\n", MANY)), ERROR),
    "cases of types": (
        body("switch i.(type) {\n" + series("case T#:\n", MANY) + "}",
             CASES_NAMED + series("type T# int\n", MANY)), None),
    "cases of array types": (
        body("switch i.(type) {\n" + series("case [#]int:\n", LONG) + "}", CASES_NAMED), None),
    "cases of struct types": (
        body("switch i.(type) {\n" + series("case struct{ f# int }:\n", MANY) + "}",
             CASES_NAMED), None),
    "equal cases of types": (
        body("switch i.(type) {\n" + "case int:\n" * LONG + "}", CASES_NAMED), ERROR),
    "equal cases of struct types": (
        body("switch i.(type) {\n" + "case struct{ f int }:\n" * MANY + "}", CASES_NAMED), ERROR),
    "impossible cases of types": (
        body("switch i.(type) {\n" + series("case [#]int:\n", 2_000) + "}",
             "var i interface{ " + series("m#();", 1_000) + "}"), ERROR),
    "equal keys": (program("var m = map[int]int{" + "1: 1,\n" * LONG + "}"), ERROR),
    "keys": (program("var m = map[int]int{" + series("#: 1,\n", LONG) + "}"), None),
    "keys of anything": (program("var m = map[any]int{" + series('"#": 1, #: 2,\n', LONG // 2) + "}"), None),
    "keys of floats": (program("var m = map[float64]int{" + series("#.5: 1,\n", LONG) + "}"), None),
    "indices": (program("var m = []int{" + series("#: 1,\n", LONG) + "}"), None),
    "equal indices": (program("var m = []int{" + "1: 1,\n" * LONG + "}"), ERROR),
    "locals": (body(series("v# := #\n", LONG) + series("_ = v#\n", LONG)), None),
    "locals that are unused": (body(series("v# := #\n", LONG)), ERROR),
    "locals that are declared again": (body("v := 0\n" * LONG), ERROR),
    "locals in blocks": (body(series("{ v := #; _ = v }\n", LONG)), None),
    "locals at once": (
        body("var " + series("v#,", LONG) + "v int\n_ = v"), ERROR),
    "assignments at once": (
        body(series("v#,", MANY) + "v := " + series("#,", MANY) + "0\n_ = v"), ERROR),
    "labels": (body(series("l#: goto l#\n", MANY)), None),
    "labels and gotos forward": (
        body(series("goto l#\n", MANY) + series("l#: ;\n", MANY)), None),
    "gotos over variables": (
        body(series("goto l#\n", MANY) + "v := 0; _ = v\n" + series("l#: ;\n", MANY)), ERROR),
    "gotos over many variables": (
        body(series("goto l#; v# := 0; _ = v#\n", MANY) + series("l#: ;\n", MANY)), ERROR),
    "gotos into blocks": (
        body(series("goto l#\n", MANY) + series("{ l#: ; }\n", MANY)), ERROR),
    "labels that are unused": (body(series("l#: ;\n", MANY)), ERROR),
    "gotos to nowhere": (body(series("goto l#\n", MANY)), ERROR),
    "nested labelled loops": (
        body(series("l#: for {\n", 400) + series("break l#\n", 400) + "}" * 400), None),
    "constants with iota": (
        program("const (\nc = iota", series("c#\n", LONG), ")"), None),
    "constants that inherit a long expression": (
        program("const (\nc = iota" + "+1" * 100, series("c#\n", MANY), ")"), None),
    "a sum": (program("var x int", "var y = x" + " + x" * LONG), None),
    "a sum of constants": (program("const x = 1", "var y = x" + " + x" * LONG), None),
    "a sum of strings": (program('const x = "x"', "var y = x" + " + x" * LONG), None),
    "a sum of long strings": (
        program('const y = "' + "x" * 1000 + '"' + (' + "' + "x" * 1000 + '"') * MANY), None),
    "a sum of floats": (program("const y = 0.1" + " + 0.1" * LONG), None),
    "a sum of shifts": (body("var s uint\n_ = 1 << s" + " + 1 << s" * LONG), None),
    "a sum of shifts to float": (
        body("var s uint\nvar x float64 = 1 << s" + " + 1 << s" * LONG), ERROR),
    "a logical chain": (program("var x bool", "var y = x" + " && x" * LONG), None),
    "comparisons": (program("var x bool", "var y = x" + " == x" * LONG), None),
    "untyped comparisons": (program("var x int", "var y = (x == x)" + " == (x == x)" * MANY), None),
    "a chain of selectors": (
        program("type T struct{ t *T }", "var x *T", "var y = x" + ".t" * LONG), None),
    "a chain of calls": (
        program("type T func() T", "var x T", "func f() { x" + "()" * LONG + " }"), None),
    "a chain of method calls": (
        program("type T int", "func (T) m() T { return 0 }", "var x T",
                "var y = x" + ".m()" * LONG), None),
    "a chain of generic method calls": (
        program("type T[P any] int", "func (T[P]) m() T[P] { return 0 }", "var x T[int]",
                "var y = x" + ".m()" * (LONG // 2)), None),
    "a chain of indices": (
        program("type T []T", "var x T", "var y = x" + "[0]" * LONG), None),
    "a chain of what is undefined": (program("var y = x" + ".m()" * (LONG // 2)), ERROR),
    "methods": (program("type T int", series("func (T) m#() {}\n", LONG)), None),
    "methods that are used": (
        program("type T int", series("func (T) m#() {}\n", 20_000),
                series("var v# = T(0).m#\n", 20_000),
                "var i interface{ " + series("m#();", 20_000) + " } = T(0)"), None),
    "methods that are declared again": (
        program("type T int", "func (T) m() {}\n" * LONG), ERROR),
    "methods of an interface": (
        program("type T interface {", series("m#()\n", LONG), "}"), None),
    "methods of an interface that are declared again": (
        program("type T interface {", "m()\n" * LONG, "}"), ERROR),
    "methods of generic types": (
        program("type T[P any] int", series("func (T[P]) m#(P) {}\n", MANY),
                "var i interface{ " + series("m#(int);", MANY) + " } = T[int](0)"), None),
    "fields": (
        program("type T struct {", series("f# int\n", LONG), "}", "var x T", "var y = x.f5"), None),
    "fields that are used": (
        program("type T struct {", series("f# int\n", 20_000), "}", "var x T",
                series("var y# = x.f#\n", 20_000), "var z = T{" + series("f#: #,", 20_000) + "}"),
        None),
    "fields that are declared again": (
        program("type T struct {", "f int\n" * LONG, "}"), ERROR),
    "fields of generic instances": (
        program("type T[P any] struct {", series("f# P\n", 1_000), "}",
                series("type A# int\nvar x# = T[A#]{}.f#\n", 200)), None),
    "embedded fields": (
        program(series("type E# struct { f# int }\n", MANY), "type T struct {",
                series("E#\n", MANY), "}", "var x T", "var y = x.f5", "var z = x.g"), ERROR),
    "embedded fields that are used": (
        program(series("type E# struct { f# int }\n", 1_000), "type T struct {",
                series("E#\n", 1_000), "}", "var x T", series("var y# = x.f#\n", 1_000)), None),
    "embedded interfaces": (
        program(series("type E# interface { m#() }\n", MANY), "type T interface {",
                series("E#\n", MANY), "}", "var x T", "var y E5 = x"), None),
    "terms of a union": (program("type T interface {" + "int|" * LONG + "int}"), ERROR),
    "different terms of a union": (
        program(series("type T# int\n", MANY), "type T interface {" + series("T#|", MANY) + "int}"),
        ERROR),
    "terms of embedded unions": (
        program(series("type T# int\n", 99),
                "type A interface {" + series("T#|", 98) + "T98}",
                "type B interface {" + "A; " * 1_000 + "}", "func f[P B](P) {}",
                "var x = func() int { f(T5(1)); return 0 }()"), None),
    "terms that overlap": (
        program(series("type T# int\n", 99),
                "type A interface {" + series("T#|~[]T#|", 40) + "~int }"), ERROR),
    "parameters": (
        program("func g(" + series("p# int,", LONG) + ") {}"), None),
    "parameters and arguments": (
        program("func g(" + series("p# int,", LONG) + ") {}",
                "func f() { g(" + series("#,", LONG) + ") }"), None),
    "type parameters": (
        program("func g[" + series("P#,", MANY) + " P any]() {}"), None),
    "type parameters that are inferred": (
        program("func g[" + series("P#,", 1_000) + " P any](" + series("p# P#,", 1_000) + " p P) {}",
                "func f() { g(" + series("#,", 1_000) + "1) }"), None),
    "type parameters that depend on each other": (
        program("func g[P0 any, " + series("P# interface{ []P@ },", 300, 1) + "](P300) {}"), None),
    "type arguments that are inferred through constraints": (
        program("func g[P0 any, " + series("P# interface{ ~[]P@ },", 100, 1) + "](P100) {}",
                "func f() { var x " + "[]" * 100 + "int; g(x) }"), None),
    "instances": (
        program("type T[P any] struct { p P }", series("type A# int\nvar x# T[A#]\n", MANY)), None),
    "instances of arrays": (
        program("type T[P any] struct { p P }", series("var x# T[[#]int]\n", 20_000)), None),
    "results": (
        program("func g() (" + "int," * MANY + ") { panic(0) }", "func f() { g() }"), None),
    "variables": (program(series("var v# = #\n", LONG)), None),
    "variables that are declared again": (program("var v = 1\n" * LONG), ERROR),
    "functions": (program(series("func f#() {}\n", LONG)), None),
    "functions that are declared again": (program("func f() {}\n" * LONG), ERROR),
    "blank functions": (program("func _() {}\n" * LONG), None),
    "init functions": (program("func init() {}\n" * LONG), None),
    "types": (program(series("type T# struct{ a, b int }\n", LONG)), None),
    "imports": (program('import _ "unsafe"\n' * MANY), None),
    "imports that are unused": (program(series('import u# "unsafe"\n', MANY)), ERROR),
    "imports of what is not there": (program(series('import "example.com/p#"\n', 1_000)), ERROR),
    "errors": (program(series("var v# int = \"#\"\n", LONG)), ERROR),
    "undefined names": (program(series("var v# = u#\n", LONG)), ERROR),
    "statements": (body("x++\n" * LONG, CASES_NAMED), None),
    "closures": (body(series("go func(x int) { _ = x }(#)\n", 50_000)), None),
    "nested returns": (
        program("func f(x int) int {", "if x > 1 { return 1 } else " * 1_000 + "{ return 2 }", "}"),
        None),
}

NESTED = {
    "pointer types": (program("type T " + nested("*", "int", "")), None),
    "list types": (program("type T " + nested("[]", "int", "")), None),
    "array types": (program("type T " + nested("[1]", "int", "")), None),
    "doubling arrays": (program("type T " + nested("[2]", "int", ""), "var x T"), None),
    "map types": (program("type T " + nested("map[int]", "int", "")), None),
    "map keys": (program("type T " + nested("map[", "int", "]int")), ERROR),
    "struct types": (program("type T " + nested("struct { a ", "int", " }")), None),
    "struct types that are compared": (
        program("var x " + nested("struct { a ", "int", " }"),
                "var y " + nested("struct { a ", "int", " }") + " = x", "var z = x == y"), None),
    "interface types": (program("type T " + nested("interface { m(", "int", ") }")), None),
    "interface types that are compared": (
        program("var x " + nested("interface { m(", "int", ") }"),
                "var y " + nested("interface { m(", "int", ") }") + " = x", "var z = x == y"), None),
    "embedded interface types": (program("type T " + nested("interface { ", "m()", " }"), "var x T"), None),
    "function types": (program("type T " + nested("func(", "int", ")")), None),
    "function results": (program("type T " + nested("func() (", "int", ")")), None),
    "function literals": (body(nested("func() {", "x := 0; _ = x", "}()\n"), ""), None),
    "function literals in values": (program("var x = " + nested("func() int { return ", "1", " }()")), None),
    "function literals that capture": (
        body(nested("func() { x++;", "", "}()\n"), "var x int"), None),
    "composite literals": (
        program("var x = " + "[]" * DEEP + "int" + nested("{", "", "}")), None),
    "composite literals of structs": (
        program("type T struct { t *T }", "var x = " + nested("&T{", "", "}")), None),
    "composite literals of maps": (
        program("var x = " + "map[string]" * DEEP + "int" + nested('{"a": ', "1", "}")), None),
    "generic arguments": (
        program("type T[P any] struct { p P }", "var x " + nested("T[", "int", "]")), None),
    "generic arguments of functions": (
        program("func f[P any](p P) P { return p }", "var x = " + nested("f(", "1", ")")), None),
    "generic arguments that grow": (
        program("func f[P any](p P) []P { return nil }", "var x = " + nested("f(", "1", ")")), None),
    "generic arguments that double": (
        program("func f[P any](p P) struct{ a, b P } { panic(0) }",
                "var x = " + nested("f(", "1", ")"), "var y = x == x"), None),
    "generic aliases": (
        program("type T[P any] = []P", "var x " + nested("T[", "int", "]")), None),
    "parentheses": (program("var x = " + nested("(", "1", ")")), None),
    "unary operators": (program("var x = " + nested("- ", "1", "")), None),
    "dereferences": (program("var x int", "var y = " + nested("*", "x", "")), ERROR),
    "shifts": (body("var s uint; var x int64 = " + nested("1 << (", "s", ")") + "; _ = x"), None),
    "sums to the right": (program("var y int", "var x = " + nested("1 + (", "y", ")")), None),
    "conversions": (program("var y int", "var x = " + nested("int(", "y", ")")), None),
    "type assertions": (program("var y any", "var x = " + nested("any(", "y", ").(int)")), None),
    "append": (program("var y []int", "var x = " + nested("append(", "y", ", 1)")), None),
    "len of strings": (program("const x = " + nested("string(rune(len(", '"a"', ")))", 200)), None),
    "min": (program("const x = " + nested("min(1, ", "2", ")")), None),
    "blocks": (body(nested("{", "", "}")), None),
    "blocks with variables": (body(nested("{ x := 0; _ = x; ", "", "}")), None),
    "ifs": (body(nested("if x := 0; x > 0 {", "", "}")), None),
    "fors": (body(nested("for x := range 10 { _ = x;", "", "}")), None),
    "switches": (body(nested("switch x := 0; x { case 1:", "", "}")), None),
    "type switches": (body(nested("switch x := any(0).(type) { case int: _ = x;", "", "}")), None),
    "selects": (body(nested("select { default:", "", "}")), None),
    "labels": (body(series("l#: for { continue l#;", DEEP) + "}" * DEEP), None),
}

# An error at each level, each about all that is within: its text must stay short.
WRONG_AT_EACH_LEVEL = {
    "calls": (program("var x = " + nested("f(", "0", ")", LONG // 2)), ERROR),
    "conversions": (program("var x = " + nested("[]T(", "0", ")", LONG // 2)), ERROR),
    "array lengths": (program("type T " + nested("[", "1", "]int", LONG // 2)), ERROR),
    "map keys": (program("type T " + nested("map[", "int", "]int", LONG // 2)), ERROR),
    "type arguments": (program("type T " + nested("U[", "int", "]", LONG // 2)), ERROR),
    "constraints": (
        program("type T " + nested("interface{ ~[]", "int", "}", LONG // 4)), ERROR),
}

GROUPS = {
    "exponential": EXPONENTIAL,
    "chain": CHAINED_CASES,
    "cycle": CYCLES,
    "big": BIG,
    "long": LONG_LISTS,
    "nested": NESTED,
    "wrong at each level": WRONG_AT_EACH_LEVEL,
}


class Types(hostile.HostileTest):
    """A method for each entry of GROUPS is added below."""

    def check(self, text, said, seconds=hostile.SECONDS):
        self.write("bad.go", text)
        run = self.gdlint("debug", "types", "--errors-only", "bad.go", seconds=seconds)
        if said is None:
            self.assertEqual(run.text[:2000], "")
        else:
            self.assertRegex(run.text, said)


def add_tests():
    def test_of(parts):
        return lambda self: self.check(*parts)

    for group, cases in GROUPS.items():
        for name, parts in cases.items():
            setattr(Types, f"test_{group} {name}", test_of(parts))


add_tests()

if __name__ == "__main__":
    reporting.main()
