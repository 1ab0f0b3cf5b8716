#!/usr/bin/env python3
"""Programs of one folder that are no package together: each name has several meanings.

What is not known is not analysed, and nothing else suffers.
"""

import unittest

import hostile
import reporting

# Uses of what files of the same folder declare as something else.
USES = [
    "var a = T{1, 2}",
    "var a = &T{x: 1}",
    "var a = T(1)",
    "var a = f()[:]",
    "var a = &v",
    "var a, b = f()",
    "func u() { _ = v; v = 1; v() }",
    "func u() { t := T{y: 99}; t.m(); _ = &t.y }",
    "func u() { for i, x := range v { _, _ = i, x } }",
    "func u() { for range T.m { } }",
    "func u() { defer f()(); go v.m() }",
    "func u(x T) (y T) { defer func() { y = x }(); return T{} }",
    "func u[P T](x P) P { return P(x) }",
    "func u() { switch x := v.(type) { case T: _ = x } }",
    "func u() { select { case x := <-v: _ = x; case v <- T{}: } }",
    "type S struct { T; v int }\nfunc (s *S) u() { s.m(); s.T.x = 1 }",
]
MEANINGS = [
    "type T struct{ x, y int }\nfunc (T) m() {}\nvar v T\nfunc f() []int { return nil }",
    "type T []int\nvar v = func(_ int, y int) {}\nfunc f() (int, string) { return 1, \"\" }",
    "type T interface{ m() }\nconst v = 1\nvar f = v",
    "func T() {}\ntype v map[T]f\ntype f chan v",
    "const (\n\tint = 18\n\tstring = 3\n\tbool = 4\n)\ntype T int\nvar v string\nfunc f() bool { return v }",
    "type T struct { t [v]T }\nvar v = f(v)\nfunc f(x T) T { return v(x) }",
    "import (\n\tT \"fmt\"\n\tv \"nowhere/to/be/found\"\n)\nfunc f() v.V { return T.V }",
]


class Clashes(hostile.HostileTest):
    def lint_all(self, texts):
        for number, text in enumerate(texts):
            self.write(f"f{number}.go", f"package p\n\n{text}\n")
        return self.gdlint(".", seconds=3)

    def test_each_use_under_each_meaning(self):
        for meaning in MEANINGS:
            for use in USES:
                with self.subTest(meaning=meaning, use=use):
                    self.assertNotIn("internal error", self.lint_all([meaning, use]).text)

    def test_two_meanings_at_once(self):
        for first in MEANINGS:
            for second in MEANINGS:
                if first is not second:
                    with self.subTest(first=first, second=second):
                        run = self.lint_all([first, second, *USES])
                        self.assertNotIn("internal error", run.text)


if __name__ == "__main__":
    reporting.main()
