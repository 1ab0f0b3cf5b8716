#!/usr/bin/env python3
"""Functions that nobody writes by hand: the work on each is bounded, and told."""

import unittest

import hostile
import reporting

# Statements of a kind in one function, or functions in one package.
COUNT = 2000
# Nested statements, literals.
DEPTH = 150
SECONDS = 4
TOO_LARGE = "is too large to be followed on all paths"


def repeat(text, count=COUNT):
    """`text` with `@` for a number, for `%` the next one's."""
    return "\n".join(
        text.replace("@", str(i)).replace("%", str((i * 7 + 1) % count)) for i in range(count)
    )


OPEN = "f@, err := os.Open(name)\nif err != nil { return err }\n"
SHAPES = {
    "states": (
        ["os"],
        "func use(*os.File) {}\nfunc F(name string, s int) {\nfor { switch s {\n"
        + repeat(
            "case @:\nif f, err := os.Open(name); err == nil { use(f); f.Close() }\ns = %",
        )
        + "\ndefault: return\n} } }",
    ),
    "locked states": (
        ["sync"],
        "var mu sync.Mutex\nfunc F(s, x int) int {\nmu.Lock()\ndefer mu.Unlock()\nfor { switch s {\n"
        + repeat("case @: x += s; s = %")
        + "\ndefault: return x\n} } }",
    ),
    "one loop around all": (
        [],
        "func F(a []int, x int) (r int) {\ndefer func() { r = x }()\nfor x < 10 {\n"
        + repeat("if a[@] > x { x++ }")
        + "\n}\nreturn x }",
    ),
    "defers": ([], "func g(int) {}\nfunc F() {\n" + repeat("defer g(@)") + "\n}"),
    "defers on conditions": (
        [],
        "func g(int) {}\nfunc F(a []bool) {\n" + repeat("if a[@] { defer g(@) }") + "\n}",
    ),
    "files closed by defer": (
        ["os"],
        "func F(name string) error {\n" + repeat(OPEN + "defer f@.Close()") + "\nreturn nil }",
    ),
    "files closed at the end": (
        ["os"],
        "func F(name string) error {\n" + repeat(OPEN) + repeat("f@.Close()") + "\nreturn nil }",
    ),
    "files on conditions": (
        ["os"],
        "func F(name string, a []bool) {\n"
        + repeat("var f@ *os.File\nif a[@] { f@, _ = os.Open(name) }")
        + "\n"
        + repeat("if a[@] { f@.Close() }")
        + "\n}",
    ),
    "locks on conditions": (
        ["sync"],
        "var m [9999]sync.Mutex\nfunc F(a []bool) {\n"
        + repeat("if a[@] { m[@].Lock() }")
        + repeat("\nif a[@] { m[@].Unlock() }")
        + "\n}",
    ),
    "globals locked on conditions": (
        ["sync"],
        repeat("var m@ sync.Mutex")
        + "\nfunc F("
        + ", ".join(f"a{i}" for i in range(COUNT))
        + " bool) {\n"
        + repeat("if a@ { m@.Lock() }")
        + "\n"
        + repeat("if a@ { m@.Unlock() }")
        + "\n}",
    ),
    "calls in a row": (
        [],
        repeat("func F@(x int) (int, error) { return G@(x) }")
        + "\n"
        + repeat("func G@(x int) (int, error) { if x > 0 { panic(x) }; return x, nil }"),
    ),
    "calls in a circle": (
        [],
        repeat(
            "func F@(x int) (r int) { defer func() { recover() }(); "
            "if x > @ { return F%(x - 1) }; return x }"
        ),
    ),
    "methods of an interface": (
        ["io"],
        "type I interface { M(int) error; io.Closer }\nfunc use(i I) { i.M(1) }\n"
        + repeat("type T@ struct { io.Closer }\nfunc (t *T@) M(x int) error { return t.Close() }")
        + "\nfunc All() {\n"
        + repeat("use(&T@{})")
        + "\n}\n"
        + repeat("func G@(c I) error { defer c.Close(); return c.M(@) }"),
    ),
    "jumps": (
        [],
        "func g() {}\nfunc F(x int) int {\ndefer g()\n"
        + repeat("L@:\nx++\nif x > @ { goto L% }")
        + "\nreturn x }",
    ),
    "a long condition": (
        ["os"],
        "func F(a []bool, name string) {\nf, err := os.Open(name)\nif err != nil { return }\nif "
        + " && ".join(f"a[{i}]" for i in range(COUNT))
        + " { f.Close() } }",
    ),
    "results": (
        [],
        "func g() error { return nil }\nfunc F() ("
        + ", ".join(f"r{i}" for i in range(COUNT))
        + " error) {\n"
        + repeat("defer func() { if r@ == nil { r@ = g() } }()")
        + "\nreturn }",
    ),
    "files in fields": (
        ["os"],
        "type S struct {\n"
        + repeat("f@ *os.File")
        + "\n}\nfunc New(name string) (s *S, err error) {\ns = &S{}\n"
        + repeat("if s.f@, err = os.Open(name); err != nil { return nil, err }")
        + "\nreturn s, nil }",
    ),
    "files in a map": (
        ["os"],
        "func F(name string) {\nm := map[string]*os.File{}\nvar err error\n"
        + repeat('if m["@"], err = os.Open(name); err != nil { return }')
        + "\nfor _, f := range m { f.Close() } }",
    ),
    "literals in a table": (
        [],
        "var t = []struct { n int; f func() error }{\n"
        + repeat("{@, func() error { return nil }},")
        + "\n}",
    ),
    "cases of select": (
        ["sync"],
        "func F(c []chan int, m *sync.Mutex) (x int) {\nfor { select {\n"
        + repeat("case v := <-c[@]:\nm.Lock()\nx += v\nm.Unlock()")
        + "\n} } }",
    ),
    "retries": (
        ["net/http"],
        "func F(u string) {\nvar err error\n"
        + repeat(
            "var r@ *http.Response\nfor i := 0; i < 3; i++ {\n"
            "if r@, err = http.Get(u); err == nil { break }\n}\n"
            "if err != nil { return }\nr@.Body.Close()"
        )
        + "\n}",
    ),
    "panics handed on": (
        [],
        repeat(
            "func F@() { defer func() { if r := recover(); r != nil { panic(r) } }(); F%() }"
        ),
    ),
    "loops in loops": (
        ["os"],
        "func F(name string) {\n"
        + repeat("for i@ := 0; i@ < 3; i@++ {", DEPTH)
        + "\nf, err := os.Open(name)\nif err != nil { return }\nf.Close()\n"
        + "}\n" * DEPTH
        + "}",
    ),
    "literals in literals": (
        [],
        "func F() (err error) {\n"
        + "defer func() {\n" * DEPTH
        + "err = nil\nrecover()\n"
        + "}()\n" * DEPTH
        + "return }",
    ),
}

# Those that need more work than is spent on one function.
LARGE = {"states", "files closed at the end", "files on conditions", "retries"}


class Paths(hostile.HostileTest):
    pass


def add_tests():
    def add(name, imports, body):
        def test(self):
            self.write("go.mod", "module example.com/m\n\ngo 1.26\n")
            quoted = "\n".join(f'import "{path}"' for path in imports)
            self.write("large/large.go", f"package large\n\n{quoted}\n\n{body}\n")
            run = self.lint("./...", ".", seconds=SECONDS)
            self.assertNotIn("large.go:1:", run.text)
            self.assertNotRegex(run.text, r"large\.go:\d+:\d+: error: .*\[type-error\]")
            if name in LARGE:
                self.assertRegex(run.text, rf"large\.go:\d+:\d+: `F` {TOO_LARGE}")

        setattr(Paths, "test_" + name.replace(" ", "_"), test)

    for name, (imports, body) in SHAPES.items():
        add(name, imports, body)


add_tests()

if __name__ == "__main__":
    reporting.main()
