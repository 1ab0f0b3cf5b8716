#!/usr/bin/env python3
"""Random Go programs about deferred calls, panics, recover, results and goroutines.

    generate.py SEED COUNT [--ending]

Prints one program of COUNT cases. They depend on SEED alone, terminate, and tell on standard error
what happens to them; the same in each run. The program runs the cases whose numbers are its
arguments, without any all of them. Each case recovers what leaves it; but with --ending none does:
the first one that panics ends the process, and cases may call os.Exit or leave main by
runtime.Goexit.
"""

import argparse

from program_frame import ENDING_RUN, FUEL, GUARDED_RUN, MAIN, PRELUDE
from writer import Function, Scope, Writer


class Case(Writer):
    """One case: types, functions that call those before them, and `cN`, which is run."""

    # Expressions.

    def int_expr(self, scope, depth=0, calls=True):
        names = scope.of("int") + scope.of("loop")
        choices = [(2, "literal")]
        if names:
            choices.append((8, "variable"))
        if depth < 2:
            choices.append((4, "sum"))
            if calls and self.functions:
                choices.append((2, "call"))
            if calls and scope.of("fn"):
                choices.append((2, "value"))
            if scope.of("[]int"):
                choices.append((1, "len"))
            if scope.of("T"):
                choices.append((1, "field"))
            if calls and scope.of("T"):
                choices.append((1, "method"))
        what = self.weighted(choices)
        if what == "literal":
            return str(self.below(10))
        if what == "variable":
            return self.one(names)
        if what == "sum":
            return "%s %s %s" % (
                self.int_expr(scope, depth + 1, calls), self.one(["+", "-", "+", "^"]),
                self.int_expr(scope, depth + 1, calls),
            )
        if what == "call":
            found = [f for f in self.functions if f[1] == ["int"]]
            if not found:
                return "%d" % self.below(10)
            return "%s(%s)" % (self.one(found)[0], self.int_expr(scope, depth + 1))
        if what == "value":
            return "%s(%s)" % (self.one(scope.of("fn")), self.int_expr(scope, depth + 1))
        if what == "len":
            return "len(%s)" % self.one(scope.of("[]int"))
        if what == "field":
            return "%s.n" % self.one(scope.of("T"))
        return "%s.%s(%s)" % (
            self.one(scope.of("T")), self.one(["V", "P"]), self.int_expr(scope, depth + 1, False)
        )

    def condition(self, scope):
        names = scope.of("int")
        choices = [(1, "true")]
        if names:
            choices.append((8, "mod"))
        if scope.of("error"):
            choices.append((4, "error"))
        if scope.of("*T"):
            choices.append((2, "pointer"))
        what = self.weighted(choices)
        if what == "true":
            return self.one(["fuel > 0", "fuel > 20", "fuel%2 == 0"])
        if what == "mod":
            by = 2 + self.below(2)
            return "%s%%%d %s %d" % (self.one(names), by, self.one(["==", "!="]), self.below(by))
        if what == "error":
            return "%s %s nil" % (self.one(scope.of("error")), self.one(["==", "!="]))
        return "%s %s nil" % (self.one(scope.of("*T")), self.one(["==", "!="]))

    def error_expr(self, scope):
        what = self.below(4)
        if what == 0 or (what == 1 and not scope.of("error")):
            return "nil"
        if what == 1:
            return self.one(scope.of("error"))
        return "fail(%s, %s)" % (self.mark(), self.int_expr(scope, 1))

    def value(self, scope, kind):
        return self.error_expr(scope) if kind == "error" else self.int_expr(scope)

    # Literals.

    def literal(self, scope, function, before="", after="", depth=0):
        """A `func(int) int`, from the line that `before` begins to that which `after` ends."""
        n, r = self.name("n"), self.name("r")
        inner = Scope(scope)
        inner.add("int", n)
        results = [(None, "int")]
        if self.chance(50):
            inner.add("int", r)
            results = [(r, "int")]
        self.out("%sfunc(%s int) %s {" % (before, n, "(%s int)" % r if results[0][0] else "int"))
        body = Function("literal", results, function)
        self.body(body, inner, depth + 1, fuel=True)
        self.out("}%s" % after)

    def deferred_literal(self, scope, function, depth):
        """`defer func(…) {…}(…)`."""
        inner = Scope(scope)
        params, args = [], []
        for _ in range(self.weighted([(6, 0), (3, 1), (1, 2)])):
            kind = self.one(["int", "int", "error"])
            param = self.name("a")
            params.append("%s %s" % (param, kind))
            args.append(self.value(scope, kind))
            inner.add(kind, param)
        self.out("defer func(%s) {" % ", ".join(params))
        self.indent += 1
        body = Function("deferred", (), function)
        self.out("println(%s%s)" % (self.mark(), "".join(
            ", " + (p.split()[0] if p.endswith(" int") else "text(%s)" % p.split()[0]) for p in params
        )))
        if self.chance(50):
            self.recover(body, inner, depth + 1)
        self.statements(body, inner, depth + 1, 1 + self.below(2))
        self.indent -= 1
        self.out("}(%s)" % ", ".join(args))

    # Statements.

    def body(self, function, scope, depth, fuel=False, count=None, first=()):
        """All of a function's body, the last return included."""
        self.indent += 1
        if fuel:
            self.out("if fuel--; fuel < 0 {")
            self.indent += 1
            self.give_back(function, scope, simple=True)
            self.indent -= 1
            self.out("}")
        for line in first:
            self.out(line)
        self.statements(function, scope, depth, count or 1 + self.below(3))
        self.give_back(function, scope)
        self.indent -= 1

    def give_back(self, function, scope, simple=False):
        if not function.results:
            self.out("return")
        elif function.named() and self.chance(40):
            self.out("return")
        elif simple:
            zero = {"int": str(self.below(5)), "error": "nil"}
            self.out("return " + ", ".join(zero[kind] for _, kind in function.results))
        else:
            found = [f for f in self.functions if f[1] == [kind for _, kind in function.results]]
            if found and self.chance(25):
                self.out("return %s(%s)" % (self.one(found)[0], self.int_expr(scope, 1)))
                return
            self.out("return " + ", ".join(self.value(scope, kind) for _, kind in function.results))

    def statements(self, function, scope, depth, count):
        for _ in range(count):
            self.statement(function, scope, depth)

    def block(self, function, scope, depth, count=None):
        """The lines within braces."""
        self.indent += 1
        self.statements(function, Scope(scope), depth, count or 1 + self.below(2))
        self.indent -= 1

    def statement(self, function, scope, depth):
        deferred = function.kind == "deferred"
        choices = [
            (8, self.tell),
            (8, self.assign),
            (5, self.declare),
            (3, self.risk),
            (4, self.panic),
            (3, self.call),
            (5 if deferred else 1, self.recover),
            (4 if deferred else 16, self.defer),
            (3, self.early_return),
        ]
        if depth < 3:
            choices += [(8, self.branch), (2, self.switch), (5, self.loop), (2, self.plain_block)]
            choices += [(3, self.range_function), (1, self.backwards), (1, self.forwards)]
        if depth < 2:
            choices += [(2, self.goroutine), (1, self.once), (1, self.generic), (1, self.called_literal)]
        if function.loops:
            choices.append((3, self.leave_loop))
        if function.in_goroutine:
            choices.append((2, self.goexit))
        if self.may_end:
            choices.append((1, self.exit))
        self.weighted(choices)(function, scope, depth)

    def tell(self, function, scope, depth):
        ints = self.int_expr(scope)
        if scope.of("error") and self.chance(30):
            self.out("println(%s, %s, text(%s))" % (self.mark(), ints, self.one(scope.of("error"))))
        else:
            self.out("println(%s, %s)" % (self.mark(), ints))

    def assign(self, function, scope, depth):
        kind = self.weighted([(8, "int"), (3, "error"), (1, "fn"), (1, "*T"), (1, "I"), (1, "T")])
        names = scope.of(kind)
        if not names:
            self.tell(function, scope, depth)
            return
        name = self.one(names)
        if kind == "int":
            what = self.below(5)
            if what == 0:
                self.out("%s++" % name)
            elif what == 1:
                self.out("%s += %s" % (name, self.int_expr(scope)))
            elif what == 2 and len(names) > 1:
                self.out("%s, %s = %s, %s" % (
                    name, self.one([n for n in names if n != name] or ["_"]), self.int_expr(scope), self.int_expr(scope)))
            else:
                self.out("%s = %s" % (name, self.int_expr(scope)))
        elif kind == "error":
            self.out("%s = %s" % (name, self.error_expr(scope)))
        elif kind == "fn":
            if depth < 3 and self.chance(50):
                self.literal(scope, function, before="%s = " % name, depth=depth)
            else:
                self.out("%s = %s" % (name, self.one(names + ["nil"])))
        elif kind == "*T":
            self.out("%s = %s" % (name, self.pointer(scope)))
        elif kind == "I":
            self.out("%s = %s" % (name, self.interface(scope)))
        else:
            self.out("%s.n += %s" % (name, self.int_expr(scope)))

    def pointer(self, scope):
        choices = ["nil", "&%s{n: %s}" % (self.type_name(), self.int_expr(scope, 1))]
        choices += ["&" + name for name in scope.of("T")] + scope.of("*T")
        return self.one(choices)

    def interface(self, scope):
        t = self.type_name()
        choices = ["nil", self.type_name("E") + "{&%s{n: %d}}" % (t, self.below(9)), self.type_name("E") + "{}",
                   self.type_name("F") + "{&%s{n: %d}}" % (t, self.below(9)), "&%s{n: %d}" % (t, self.below(9))]
        choices += ["&" + name for name in scope.of("T")] + scope.of("*T") + scope.of("I")
        return self.one(choices)

    def declare(self, function, scope, depth):
        kind = self.weighted([(6, "int"), (3, "error"), (3, "fn"), (3, "T"), (3, "*T"), (2, "I"), (2, "[]int"), (2, "map")])
        name = self.name({"int": "v", "error": "err", "fn": "f", "T": "t", "*T": "p", "I": "i", "[]int": "s",
                          "map": "m"}[kind])
        if kind == "int":
            found = [f for f in self.functions if f[1] == ["int", "error"]]
            if found and self.chance(40):
                err = self.name("err")
                self.out("%s, %s := %s(%s)" % (name, err, self.one(found)[0], self.int_expr(scope, 1)))
                self.out("_ = %s" % err)
                scope.add("error", err)
            else:
                self.out("%s := %s" % (name, self.int_expr(scope)))
        elif kind == "error":
            self.out("var %s error = %s" % (name, self.error_expr(scope)))
        elif kind == "fn":
            what = self.below(4)
            if what == 0:
                self.out("var %s func(int) int" % name)
            elif what == 1 and scope.of("T"):
                self.out("%s := %s.%s" % (name, self.one(scope.of("T")), self.one(["V", "P"])))
            elif depth < 4:
                self.literal(scope, function, before="%s := " % name, depth=depth)
            else:
                self.out("%s := func(n int) int { return n }" % name)
        elif kind == "T":
            self.out("%s := %s{n: %s}" % (name, self.type_name(), self.int_expr(scope)))
        elif kind == "*T":
            self.out("var %s *%s = %s" % (name, self.type_name(), self.pointer(scope)))
        elif kind == "I":
            self.out("var %s %s = %s" % (name, self.type_name("I"), self.interface(scope)))
        elif kind == "[]int":
            self.out("%s := []int{%s}" % (name, ", ".join(str(self.below(9)) for _ in range(self.below(4)))))
        else:
            self.out("%s := map[int]int{%s}" % (name, "1: 1" if self.chance(50) else ""))
        self.out("_ = %s" % name)
        scope.add(kind, name)

    def risk(self, function, scope, depth):
        """A run-time check that may fail."""
        target = self.one(scope.of("int")) if scope.of("int") else "_"
        choices = ["%s = 10 / ((%s - fuel) %% 3)" % (target, self.int_expr(scope, 1))]
        if scope.of("[]int"):
            s = self.one(scope.of("[]int"))
            choices += ["%s = %s[%s&3]" % (target, s, self.one(scope.of("int") or ["fuel"])),
                        "%s = %s[%d:]" % (s, s, self.below(3)),
                        "_ = [2]int(%s)" % s]
        for pointer in scope.of("*T")[-2:]:
            choices += ["%s = %s.n" % (target, pointer), "%s.n++" % pointer]
        for interface in scope.of("I")[-2:]:
            choices += ["%s = %s.V(%s)" % (target, interface, self.int_expr(scope, 1)),
                        "_ = %s.(*%s)" % (interface, self.type_name())]
        for value in scope.of("fn")[-2:]:
            choices.append("%s = %s(%s)" % (target, value, self.int_expr(scope, 1)))
        for mapped in scope.of("map")[-2:]:
            choices += ["%s = nil" % mapped, "%s[%s] = 1" % (mapped, self.int_expr(scope, 1))]
        self.out(self.one(choices))

    def panic_value(self, scope):
        choices = ["%s" % self.mark(), "error(&failure{%s})" % self.mark()]
        if scope.of("int"):
            choices.append(self.one(scope.of("int")))
        if self.chance(10):
            choices = ["nil"]
        return self.one(choices)

    def panic(self, function, scope, depth):
        if self.chance(90):
            self.out("if %s {" % self.condition(scope))
            self.out("\tpanic(%s)" % self.panic_value(scope))
            self.out("}")
        else:
            self.out("panic(%s)" % self.panic_value(scope))

    def call(self, function, scope, depth):
        if not self.functions:
            self.tell(function, scope, depth)
            return
        name, results = self.one(self.functions)
        text = "%s(%s)" % (name, self.int_expr(scope, 1))
        if not results:
            self.out(text)
        elif results == ["int", "error"]:
            if function.named() and [kind for _, kind in function.results] == results and self.chance(50):
                self.out("%s = %s" % (", ".join(name for name, _ in function.results), text))
                return
            err = self.name("err")
            self.out("if _, %s := %s; %s != nil {" % (err, text, err))
            self.indent += 1
            inner = Scope(scope)
            inner.add("error", err)
            if self.chance(50):
                self.statement(function, inner, 9)
            self.give_back(function, inner)
            self.indent -= 1
            self.out("}")
        else:
            self.out("println(%s, %s)" % (self.mark(), text))

    def recover(self, function, scope, depth):
        what = self.weighted([
            (10, "plain"), (4, "set"), (3, "again"), (2, "other"), (2, "helper"), (1, "nested"), (2, "deferred"),
            (1, "twice"), (1, "argument"), (1, "loop"), (1, "if"),
        ])
        where = self.mark()
        e = self.name("e")
        if what == "plain":
            self.out("show(%s, recover())" % where)
        elif what in ("set", "again", "other", "if"):
            self.out("if %s := recover(); %s != nil {" % (e, e))
            self.indent += 1
            self.out("show(%s, %s)" % (where, e))
            if what == "again":
                self.out("panic(%s)" % e)
            elif what == "other":
                self.out("panic(%s)" % self.panic_value(scope))
            elif what == "if":
                self.statement(function, Scope(scope), 9)
            else:
                self.assign(function, Scope(scope), 9)
                self.assign(function, Scope(scope), 9)
            self.indent -= 1
            self.out("}")
        elif what == "helper":
            self.out(self.one(["recovers(%s)", "handsOn(%s)"]) % where)
        elif what == "nested":
            self.out("func() { show(%s, recover()) }()" % where)
        elif what == "deferred":
            self.out(self.one([
                "defer recover()", "defer func() { show(%s, recover()) }()" % where, "defer recovers(%s)" % where,
                "defersRecover()",
            ]))
        elif what == "twice":
            self.out("show(%s, recover())" % where)
            self.out("show(%s, recover())" % self.mark())
        elif what == "argument":
            self.out("defer show(%s, recover())" % where)
        else:
            self.out("for range 2 {")
            self.out("\tshow(%s, recover())" % where)
            self.out("}")

    def defer(self, function, scope, depth):
        choices = [(3, "print"), (3, "recovers"), (1, "hands on"), (1, "recover"), (1, "panic"), (1, "later"),
                   (1, "defersRecover"), (2, "slice")]
        if depth < 3:
            choices.append((16, "literal"))
        if self.functions:
            choices.append((3, "function"))
        if scope.of("fn"):
            choices.append((3, "value"))
        if scope.of("T"):
            choices.append((3, "method"))
        if scope.of("*T"):
            choices.append((2, "pointer"))
        if scope.of("I"):
            choices.append((2, "interface"))
        if scope.of("map"):
            choices.append((1, "map"))
        what = self.weighted(choices)
        if what == "literal":
            self.deferred_literal(scope, function, depth)
        elif what == "print":
            self.out("defer println(%s, %s)" % (self.mark(), self.int_expr(scope)))
        elif what == "recovers":
            self.out(self.one(["defer recovers(%s)", "defer laterRecovers(%s)()"]) % self.mark())
        elif what == "hands on":
            self.out("defer handsOn(%s)" % self.mark())
        elif what == "recover":
            self.out("defer recover()")
        elif what == "defersRecover":
            self.out("defer defersRecover()")
        elif what == "panic":
            self.out("defer panic(%s)" % self.panic_value(scope))
        elif what == "later":
            self.out("defer later(%s)()" % self.mark())
        elif what == "slice":
            ch = self.name("ch")
            self.out("%s := make(chan int, 1)" % ch)
            self.out("defer close(%s)" % ch)
            if self.chance(20):
                self.out("close(%s)" % ch)
        elif what == "function":
            name, _ = self.one(self.functions)
            self.out("defer %s(%s)" % (name, self.int_expr(scope)))
        elif what == "value":
            self.out("defer %s(%s)" % (self.one(scope.of("fn")), self.int_expr(scope)))
        elif what == "method":
            t = self.one(scope.of("T"))
            self.out(self.one([
                "defer %s.V(%s)", "defer %s.P(%s)", "defer %s.R(%s)", "defer " + self.type_name() + ".V(%s, %s)",
                "defer (*" + self.type_name() + ").P(&%s, %s)",
            ]) % (t, self.int_expr(scope, 1)))
            if self.chance(60):
                self.out("%s.n++" % t)
        elif what == "pointer":
            self.out("defer %s.%s(%s)" % (
                self.one(scope.of("*T")), self.one(["V", "P", "P", "R"]), self.int_expr(scope, 1)))
        elif what == "interface":
            self.out("defer %s.%s(%s)" % (
                self.one(scope.of("I")), self.one(["V", "P", "R"]), self.int_expr(scope, 1)))
        else:
            m = self.one(scope.of("map"))
            self.out("defer %s" % self.one(["clear(%s)" % m, "delete(%s, %s)" % (m, self.int_expr(scope, 1))]))

    def early_return(self, function, scope, depth):
        self.out("if %s {" % self.condition(scope))
        self.indent += 1
        if self.chance(40):
            self.assign(function, scope, 9)
        self.give_back(function, scope)
        self.indent -= 1
        self.out("}")

    def branch(self, function, scope, depth):
        self.out("if %s {" % self.condition(scope))
        self.block(function, scope, depth + 1)
        if self.chance(50):
            self.out("} else {")
            self.block(function, scope, depth + 1)
        self.out("}")

    def switch(self, function, scope, depth):
        self.out("switch %s %% 4 {" % self.one(scope.of("int") or ["fuel"]))
        for value in range(1 + self.below(3)):
            self.out("case %d:" % value)
            self.block(function, scope, depth + 1)
            if self.chance(20):
                self.out("\tfallthrough")
                self.out("case %d:" % (value + 5))
                self.block(function, scope, depth + 1, 1)
        if self.chance(50):
            self.out("default:")
            self.block(function, scope, depth + 1)
        self.out("}")

    def in_loop(self, function, scope, depth, header, is_function=False):
        inner = Scope(scope)
        at = len(self.lines)
        self.out(header[0])
        for kind, name in header[1]:
            inner.add(kind, name)
        label = self.name("L")
        function.labels.append(label)
        function.loops += 1
        self.indent += 1
        for _, name in header[1]:
            self.out("_ = %s" % name)
        self.statements(function, inner, depth + 1, 1 + self.below(3))
        self.indent -= 1
        function.loops -= 1
        function.labels.pop()
        self.out("}")
        if any(line.strip().endswith(" " + label) for line in self.lines[at:]):
            self.lines.insert(at, label + ":")

    def loop(self, function, scope, depth):
        i = self.name("i")
        choices = [("loop", "for %s := 0; %s < %d; %s++ {" % (i, i, 1 + self.below(3), i)),
                   ("int", "for %s := range %d {" % (i, 1 + self.below(3)))]
        if scope.of("[]int"):
            choices.append(("int", "for _, %s := range %s {" % (i, self.one(scope.of("[]int")))))
        kind, header = self.one(choices)
        self.in_loop(function, scope, depth, (header, [(kind, i)]))

    def range_function(self, function, scope, depth):
        if not self.iterators:
            self.loop(function, scope, depth)
            return
        i = self.name("i")
        header = "for %s := range %s(%d) {" % (i, self.one(self.iterators), self.below(4))
        self.in_loop(function, scope, depth, (header, [("int", i)]), True)

    def leave_loop(self, function, scope, depth):
        label = self.one(function.labels + [""])
        self.out("if %s {" % self.condition(scope))
        self.out("\t" + (self.one(["break", "continue"]) + " " + label).strip())
        self.out("}")

    def plain_block(self, function, scope, depth):
        self.out("{")
        self.block(function, scope, depth + 1)
        self.out("}")

    def backwards(self, function, scope, depth):
        label, count = self.name("again"), self.name("count")
        # Within a block: no jump may lead over a declaration.
        self.out("{")
        self.out("\t%s := 0" % count)
        self.out("%s:" % label)
        self.block_without_declarations(function, scope, depth + 1)
        self.out("\tif %s++; %s < %d {" % (count, count, 2 + self.below(2)))
        self.out("\t\tgoto %s" % label)
        self.out("\t}")
        self.out("}")

    def forwards(self, function, scope, depth):
        label = self.name("end")
        self.out("{")
        self.out("\tif %s {" % self.condition(scope))
        self.out("\t\tgoto %s" % label)
        self.out("\t}")
        self.block_without_declarations(function, scope, depth + 1)
        self.out("%s:" % label)
        self.out("\tprintln(%s)" % self.mark())
        self.out("}")

    def block_without_declarations(self, function, scope, depth):
        self.indent += 1
        self.out("{")
        self.block(function, scope, depth)
        self.out("}")
        self.indent -= 1

    def goroutine(self, function, scope, depth):
        group = self.chance(50)
        done = self.name("done")
        if group:
            self.out("var %s sync.WaitGroup" % done)
            self.out("%s.Add(1)" % done)
        else:
            self.out("%s := make(chan struct{})" % done)
        self.out("go func() {")
        self.indent += 1
        release = "%s.Done()" % done if group else "close(%s)" % done
        inner = Function("go", (), None)
        if not self.may_end or self.chance(70):
            self.out("defer %s" % release)
            self.out("defer func() {")
            self.out("\tshow(%s, recover())" % self.mark())
            self.out("}()")
        else:
            # Who waits must not go on beside a panic that ends the process.
            self.out("defer func() {")
            self.out("\tif e := recover(); e != nil {")
            self.out("\t\tpanic(e)")
            self.out("\t}")
            self.out("\t%s" % release)
            self.out("}()")
        if self.goexits and self.chance(30):
            self.out("%s(%s)" % (self.one(self.goexits), self.int_expr(scope, 1)))
        self.statements(inner, Scope(scope), depth + 1, 1 + self.below(3))
        self.indent -= 1
        self.out("}()")
        self.out("%s.Wait()" % done if group else "<-%s" % done)

    def goexit(self, function, scope, depth):
        self.out("if %s {" % self.condition(scope))
        self.out("\truntime.Goexit()")
        self.out("}")

    def exit(self, function, scope, depth):
        self.out("if %s {" % self.condition(scope))
        self.out("\t%s" % self.one(["os.Exit(%d)" % self.below(5), "os.Exit(%d)" % self.below(5), "runtime.Goexit()"]))
        self.out("}")

    def once(self, function, scope, depth):
        once = self.name("once")
        self.out("var %s sync.Once" % once)
        self.out("%s.Do(func() {" % once)
        self.indent += 1
        self.statements(Function("literal", (), function), Scope(scope), depth + 1, 1 + self.below(3))
        self.indent -= 1
        self.out("})")

    def generic(self, function, scope, depth):
        self.literal(scope, function, before="println(%s, generic(%s, %s, " % (
            self.mark(), self.mark(), self.one(scope.of("int") or ["1"])), after="))", depth=depth)

    def called_literal(self, function, scope, depth):
        if self.chance(50):
            self.literal(scope, function, before="println(%s, apply(" % self.mark(),
                         after=", %s))" % self.int_expr(scope, 1), depth=depth)
            return
        self.out("func() {")
        self.indent += 1
        self.statements(Function("literal", (), function), Scope(scope), depth + 1, 1 + self.below(3))
        self.indent -= 1
        self.out("}()")

    # Declarations.

    def types(self):
        t = self.type_name()
        self.out("type %s struct{ n int }" % t)
        self.out("type %s struct{ *%s }" % (self.type_name("E"), t))
        self.out("type %s struct{ %s }" % (self.type_name("F"), self.type_name("I")))
        self.out("type %s interface {" % self.type_name("I"))
        for method in "VPR":
            self.out("\t%s(n int) int" % method)
        self.out("}")
        for method, receiver in (("V", t), ("P", "*" + t), ("R", self.one([t, "*" + t]))):
            results, text = self.results(["int"])
            self.out("func (t %s) %s(n int) %s {" % (receiver, method, text))
            scope = Scope()
            scope.add("int", "n")
            if receiver == t:
                scope.add("int", "t.n")
            else:
                # Nil is allowed until it is used.
                scope.add("*T", "t")
            self.add_results(scope, results)
            first = ["println(%s, n%s)" % (self.mark(), ", t.n" if receiver == t else ", t == nil")]
            if method == "R":
                first.append("show(%s, recover())" % self.mark())
            self.body(Function("method", results), scope, 4, fuel=True, count=1 + self.below(2), first=first)
            self.out("}")

    def results(self, kinds):
        """Results of these types, named or not, and their text."""
        if not kinds:
            return [], ""
        if self.chance(60):
            results = [(self.name("r" if kind == "int" else "err"), kind) for kind in kinds]
            return results, "(" + ", ".join("%s %s" % result for result in results) + ")"
        return [(None, kind) for kind in kinds], kinds[0] if len(kinds) == 1 else "(" + ", ".join(kinds) + ")"

    @staticmethod
    def add_results(scope, results):
        for name, kind in results:
            if name is not None:
                scope.add(kind, name)
                # They are what is looked at.
                scope.add(kind, name)

    def function(self, name, kinds, function=None):
        results, text = self.results(kinds)
        self.out("func %s(n int) %s {" % (name, text))
        scope = Scope()
        scope.add("int", "n")
        self.add_results(scope, results)
        function = function or Function("top")
        function.results = results
        self.body(function, scope, 0, fuel=True, count=2 + self.below(4))
        self.out("}")

    def iterator(self, name):
        """Calls its body up to n times, as it should or not."""
        manner = self.weighted([(6, "good"), (2, "deaf"), (2, "recovers"), (1, "late"), (1, "panics")])
        self.out("func %s(n int) func(yield func(int) bool) {" % name)
        self.out("\treturn func(yield func(int) bool) {")
        self.indent += 2
        if self.chance(40):
            self.out("defer println(%s, n)" % self.mark())
        if manner == "recovers":
            self.out("defer func() { show(%s, recover()) }()" % self.mark())
        self.out("for i := range n {")
        self.out("\tif !yield(i) {")
        self.out("\t\tprintln(%s, i)" % self.mark())
        if manner != "deaf":
            self.out("\t\treturn")
        self.out("\t}")
        if manner == "panics":
            self.out("\tif i == 1 {")
            self.out("\t\tpanic(%s)" % self.mark())
            self.out("\t}")
        self.out("}")
        if manner == "late":
            self.out("defer yield(n)")
        self.indent -= 2
        self.out("\t}")
        self.out("}")

    def text(self):
        self.types()
        for i in range(1 + self.below(2)):
            name = "%sseq%d" % (self.prefix, i)
            self.iterator(name)
            self.iterators.append(name)
        if self.chance(30):
            name = self.prefix + "exits"
            function = Function("top")
            function.in_goroutine = True
            self.function(name, [], function)
            self.goexits.append(name)
        for i in range(2 + self.below(2)):
            name = "%sf%d" % (self.prefix, i)
            kinds = self.one([["int"], ["int"], ["int", "error"], ["int", "error"], []])
            self.function(name, kinds)
            self.functions.append((name, kinds))
        self.out("func %s(n int) {" % self.prefix)
        self.indent += 1
        for name, kinds in self.functions[-2:]:
            if kinds == ["int", "error"]:
                r, err = self.name("r"), self.name("err")
                self.out("%s, %s := %s(n)" % (r, err, name))
                self.out("println(%s, %s, text(%s))" % (self.mark(), r, err))
            elif kinds:
                self.out("println(%s, %s(n))" % (self.mark(), name))
            else:
                self.out("%s(n)" % name)
        self.indent -= 1
        self.out("}")
        return "\n".join(self.lines) + "\n"


def program(seed, count, may_end):
    parts = [PRELUDE]
    for number in range(count):
        parts.append(Case(seed, number, may_end).text())
    parts.append("var cases = []func(int){%s}\n" % ", ".join("c%d" % number for number in range(count)))
    parts.append(MAIN + (ENDING_RUN if may_end else GUARDED_RUN).replace("FUEL", str(FUEL)))
    return "\n".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--ending", action="store_true")
    options = parser.parse_args()
    print(program(options.seed, options.count, options.ending), end="")


if __name__ == "__main__":
    main()
