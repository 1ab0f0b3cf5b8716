#!/usr/bin/env python3
"""What is printed does not depend on the number of threads, or on their luck."""

import unittest

import hostile
import reporting

PACKAGES = 60
JOBS = ("1", "2", "8")
# Runs with several threads differ from each other, too.
TURNS = 4

# Packages of one level import two of the level below, and use instances of the generic
# types there that others use as well, so that threads expand the same ones.
GENERIC = """package p{i}

{imports}
type Pair[A, B any] struct {{ a A; b B; next *Pair[B, A] }}

func (p Pair[A, B]) Swap() Pair[B, A] {{ return Pair[B, A]{{p.b, p.a, nil}} }}

type Set[T comparable] interface {{ Has(T) bool; Union(Set[T]) Set[T] }}

type Tree[T any] struct {{ *Pair[T, []T]; left, right *Tree[T] }}

func Map[T, U any](list []T, f func(T) U) []U {{ panic(0) }}

var Value = Map([]Tree[int]{{}}, func(t Tree[int]) Pair[int, string] {{
	return Pair[int, string]{{1, "a", nil}}
}})
"""
BODY = """
func f{n}(s {set}[string], t *{pair}[string, {pair}[int, {own}]]) {{
	x := t.Swap().Swap().a
	_ = s.Union(s).Has(x)
	var unused int
	y := {map}([]int{{1, 2}}, func(i int) {pair}[int, string] {{ return {pair}[int, string]{{}} }})
	var wrong string = y[0].Swap()
	_ = undefined{n}
}}
"""


def package(i):
    below = [k for k in (2 * i + 1, 2 * i + 2) if k < PACKAGES]
    text = GENERIC.format(i=i, imports="\n".join(f'import "example.com/m/p{k}"' for k in below))
    for k in below:
        text += "\n".join(
            # A type argument of its own for each function.
            BODY.format(
                n=f"{k}_{n}", own=f"[{n + 1}]int", set=f"p{k}.Set", pair=f"p{k}.Pair", map=f"p{k}.Map"
            )
            for n in range(40)
        )
    return text


class Threads(hostile.HostileTest):
    def test_types_and_errors_are_the_same_with_any_number(self):
        self.write("go.mod", "module example.com/m\n\ngo 1.26\n")
        for i in range(PACKAGES):
            self.write(f"p{i}/p{i}.go", package(i))
        outputs = {}
        for jobs in JOBS:
            for _ in range(1 if jobs == "1" else TURNS):
                run = self.gdlint(
                    "debug", "types", "-j", jobs, "./...", seconds=10, megabytes=1024
                )
                self.assertIn(b"declared and not used: unused", run.stderr)
                self.assertIn(b"undefined: undefined1_0", run.stderr)
                self.assertIn(b"Tree[int]", run.stdout)
                outputs.setdefault((run.stdout, run.stderr), []).append(jobs)
        self.assertEqual(len(outputs), 1, sorted(outputs.values()))


if __name__ == "__main__":
    reporting.main()
