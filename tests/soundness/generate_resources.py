"""Random functions that open and close, cancel, lock and unlock, on ways that five flags decide about.

`main` of a program calls each function with all values of the flags, and lets calls that may fail do so
now and then, whatever the flags: so all its ways are run. Each acquisition has a name of its own, which
says in the run what was not given back.
"""

import itertools
import random

from writer import Writer

FLAGS = 5
# So often each function is called with the same flags.
ROUNDS = 48

PRELUDE = """\
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
)

var errStopped = errors.New("stopped")

var round int

// The name itself, which is that of a file, or another one, of none.
func pick(name string) string {
	sum := uint32(2166136261 + round)
	for _, b := range []byte(name) {
		sum = (sum ^ uint32(b)) * 16777619
	}
	sum ^= sum >> 15
	sum *= 2246822519
	// More often there than not.
	if sum>>28 >= 5 {
		return name
	}
	return "absent"
}

func open(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func create(name string) *os.File {
	f, err := os.Create(name)
	if err != nil {
		panic(err)
	}
	return f
}

// How often a loop runs: each anew, or all of a function alike.
var loops uint32

func times() int {
	loops = loops*1664525 + 1013904223
	return int(loops >> 20 % 3)
}

func alike() int { return round / 7 % 3 }

func use(f *os.File) string { return f.Name() }

func shut(f *os.File) { f.Close() }

func shutAny(c io.Closer) error { return c.Close() }

func shutIf(f *os.File, really bool) {
	if really {
		f.Close()
	}
}

type holder struct {
	file *os.File
	n    int
}

func (h *holder) close() { h.file.Close() }

var kept []*os.File

func keep(f *os.File) { kept = append(kept, f) }

type live struct {
	name string
	ctx  context.Context
}

var alive []live

var begun = map[string]bool{}

func begin(name string, ctx context.Context) {
	alive = append(alive, live{name, ctx})
	if !begun[name] {
		println("begun", name)
		begun[name] = true
	}
}

func call(f func()) { f() }

func settle() {
	for _, f := range kept {
		f.Close()
	}
	for _, l := range alive {
		if l.ctx.Err() == nil {
			println("alive", l.name)
		}
	}
	kept, alive = nil, nil
}

func ended(mu *sync.Mutex, name string) {
	if !begun[name] {
		println("taken", name)
		begun[name] = true
	}
	if !mu.TryLock() {
		println("locked", name)
	}
	mu.Unlock()
}
"""


class Resources(Writer):
    """One function of files and contexts."""

    def __init__(self, seed, number):
        super().__init__(seed, number, False)
        self.places = 0
        # By name of acquisition: its line among `lines`.
        self.acquired = {}
        # Variables that a helper releases on some ways only, which gdlint takes for looked after.
        self.doubtful = set()
        self.place_of = {}
        self.returns = self.one(["", "error", "(err error)"])

    def flag(self):
        return self.one(["", "!"]) + "b%d" % self.below(FLAGS)

    def place(self, var):
        """A name for the acquisition in the next line."""
        self.places += 1
        name = "%s.%d" % (self.prefix, self.places)
        self.acquired[name] = len(self.lines)
        self.place_of[var] = name
        return name

    def leave(self, error="errStopped"):
        self.out("return " + error if self.returns else "return")

    def check(self, error):
        self.out("if %s != nil {" % error)
        self.indent += 1
        self.leave(error)
        self.indent -= 1
        self.out("}")

    def text(self):
        flags = ", ".join("b%d" % i for i in range(FLAGS))
        self.out("func %s(%s bool) %s {" % (self.prefix, flags, self.returns))
        self.indent = 1
        ends = self.block([], 0, self.below(3) + 3)
        if not ends and self.returns:
            self.leave("nil")
        self.indent = 0
        self.out("}")
        return "\n".join(self.lines) + "\n"

    def block(self, outer, depth, count, in_loop=False):
        """True if nothing comes behind it. `outer`: what may be open from before."""
        opened = []
        for _ in range(count):
            if self.statement(outer, opened, depth, in_loop):
                return True
        for var in list(opened):
            if self.chance(75):
                self.release(var, in_loop)
        return False

    def statement(self, outer, opened, depth, in_loop):
        there = outer + opened
        kind = self.weighted([
            (4, "acquire"), (4 if there else 0, "release"), (2 if there else 0, "use"),
            (4 if depth < 3 else 0, "if"), (1 if depth < 2 and not in_loop else 0, "loop"),
            (2 if depth > 0 else 0, "leave"), (1 if depth > 0 and in_loop else 0, "go on"),
        ])
        if kind == "acquire":
            self.acquire(opened, depth, in_loop)
        elif kind == "release":
            var = self.one(there)
            self.release(var, in_loop)
            for scope in (outer, opened):
                if var in scope and self.chance(70):
                    scope.remove(var)
        elif kind == "use":
            self.use(self.one(there))
        elif kind == "if":
            return self.branch(there, depth, in_loop)
        elif kind == "loop":
            self.out("for range times() {")
            self.indent += 1
            self.block([], depth + 1, self.below(2) + 2, in_loop=True)
            self.indent -= 1
            self.out("}")
        elif kind == "leave":
            self.leave()
            return True
        else:
            self.out(self.one(["break", "continue"]))
            return True
        return False

    def branch(self, there, depth, in_loop):
        self.out("if %s {" % self.flag())
        self.indent += 1
        first = self.block(list(there), depth + 1, self.below(2) + 1, in_loop)
        self.indent -= 1
        second = False
        if self.chance(40):
            self.out("} else {")
            self.indent += 1
            second = self.block(list(there), depth + 1, self.below(2) + 1, in_loop)
            self.indent -= 1
        self.out("}")
        return first and second

    # A variable is (what it is, its name, the flag without which it is nil).

    def acquire(self, opened, depth, in_loop):
        name, error = self.name("f"), self.name("err")
        how = self.weighted([(3, "open"), (2, "helper"), (2, "must"), (2, "maybe"), (2, "scoped"), (3, "cancel")])
        if how == "cancel":
            context = self.name("ctx")
            self.out('%s, %s := context.With%s' % (context, name, "Cancel(context.Background())"))
            self.places += 1
            place = "%s.%d" % (self.prefix, self.places)
            self.acquired[place] = len(self.lines) - 1
            self.out('begin("%s", %s)' % (place, context))
            self.out("_ = " + name)
            opened.append(("cancel", name, None))
            return
        if how == "must":
            self.out('%s := create("%s")' % (name, self.place(name)))
        elif how == "maybe":
            flag = self.flag()
            self.out("var %s *os.File" % name)
            self.out("if %s {" % flag)
            self.indent += 1
            self.out('%s = create("%s")' % (name, self.place(name)))
            self.indent -= 1
            self.out("}")
            self.out("_ = " + name)
            opened.append(("file", name, flag))
            return
        elif how == "scoped":
            self.out('if %s, %s := os.Open(pick("%s")); %s == nil {' % (name, error, self.place(name), error))
            self.indent += 1
            self.use(("file", name, None))
            if not self.block([("file", name, None)], depth + 1, 1, in_loop) and self.chance(75):
                self.release(("file", name, None), in_loop)
            self.indent -= 1
            self.out("}")
            return
        else:
            function = "os.Open" if how == "open" else "open"
            self.out('%s, %s := %s(pick("%s"))' % (name, error, function, self.place(name)))
            self.check(error)
        self.use(("file", name, None))
        opened.append(("file", name, None))

    def guarded(self, var, text):
        """What is nil but for a flag is asked for that flag, or for nil."""
        _, name, flag = var
        if flag is None:
            self.out(text)
            return
        self.out("if %s {" % self.one([flag, name + " != nil"]))
        self.indent += 1
        self.out(text)
        self.indent -= 1
        self.out("}")

    def use(self, var):
        kind, name, _ = var
        self.guarded(var, "_ = %s" % name if kind == "cancel" else self.one(["use(%s)", "_ = %s.Name()"]) % name)

    def release(self, var, in_loop):
        kind, name, flag = var
        if kind == "cancel":
            forms = ["%s()", "call(%s)", "func() { %s() }()"]
            if not in_loop:
                forms += ["defer %s()", "defer func() { %s() }()", "defer call(%s)"]
        else:
            forms = ["%s.Close()", "shut(%s)", "shutAny(%s)", "func() { %s.Close() }()", "keep(%s)",
                     "shutIf(%%s, %s)" % self.flag()]
            if not in_loop:
                forms += ["defer %s.Close()", "defer func() { %s.Close() }()", "defer shut(%s)",
                          "defer func(c io.Closer) { c.Close() }(%s)"]
            if flag is None and self.chance(20):
                self.release_by_other_name(name)
                return
        form = self.one(forms)
        if form.startswith("shutIf"):
            self.doubtful.add(self.place_of[name])
        self.guarded(var, form % name)

    def release_by_other_name(self, name):
        other = self.name("x")
        form = self.below(4)
        if form == 0:
            self.out("%s := holder{file: %s, n: 1}" % (other, name))
            self.out("%s.close()" % other)
        elif form == 1:
            self.out("var %s io.Closer = %s" % (other, name))
            self.out("%s.Close()" % other)
        elif form == 2:
            self.out("%s := %s.Close" % (other, name))
            self.out("%s()" % other)
        else:
            self.out("%s := make(chan bool)" % other)
            self.out("go func() {")
            self.out("\t%s.Close()" % name)
            self.out("\tclose(%s)" % other)
            self.out("}()")
            self.out("<-%s" % other)


class Locks(Writer):
    """One function of one lock. Functions that lock twice, or unlock what is free, are not made."""

    def __init__(self, seed, number):
        super().__init__(seed, number, False)
        while True:
            self.tree = self.block(0, False)
            ways = itertools.product(itertools.product([False, True], repeat=FLAGS), range(3))
            if all(self.is_sound(values, times) for values, times in ways):
                break

    def block(self, depth, in_loop):
        statements = []
        for _ in range(self.below(3) + 2):
            kind = self.weighted([
                (4, "lock"), (4, "unlock"), (2 if not in_loop else 0, "defer"), (5 if depth < 3 else 0, "if"),
                (1 if depth < 2 and not in_loop else 0, "loop"), (2 if depth > 0 else 0, "leave"),
            ])
            if kind == "if":
                flag = (self.below(FLAGS), self.chance(50))
                other = self.block(depth + 1, in_loop) if self.chance(40) else []
                statements.append(("if", flag, self.block(depth + 1, in_loop), other))
            elif kind == "loop":
                statements.append(("loop", self.block(depth + 1, True)))
            else:
                statements.append((kind, self.below(3)))
            if kind == "leave":
                break
        return statements

    def is_sound(self, values, times):
        """The lock is taken when it is free, and given back when it is held."""
        state = {"held": False, "deferred": 0, "left": False, "sound": True, "times": times}
        self.simulate(self.tree, values, state)
        for _ in range(state["deferred"]):
            self.change(state, False)
        return state["sound"]

    def change(self, state, held):
        state["sound"] = state["sound"] and state["held"] != held
        state["held"] = held

    def simulate(self, statements, values, state):
        for statement in statements:
            if state["left"]:
                return
            kind = statement[0]
            if kind in ("lock", "unlock"):
                self.change(state, kind == "lock")
            elif kind == "defer":
                state["deferred"] += 1
            elif kind == "leave":
                state["left"] = True
            elif kind == "if":
                (flag, wanted), then, other = statement[1:]
                self.simulate(then if values[flag] == wanted else other, values, state)
            else:
                for _ in range(state["times"]):
                    self.simulate(statement[1], values, state)

    def text(self):
        flags = ", ".join("b%d" % i for i in range(FLAGS))
        self.out("var m%s sync.Mutex" % self.prefix)
        self.out("")
        self.out("func %s(%s bool) {" % (self.prefix, flags))
        self.indent = 1
        self.write(self.tree)
        self.indent = 0
        self.out("}")
        return "\n".join(self.lines) + "\n"

    def write(self, statements):
        mutex = "m" + self.prefix
        forms = {
            "lock": ["%s.Lock()"] * 3,
            "unlock": ["%s.Unlock()", "%s.Unlock()", "func() { %s.Unlock() }()"],
            "defer": ["defer %s.Unlock()", "defer %s.Unlock()", "defer func() { %s.Unlock() }()"],
        }
        for statement in statements:
            kind = statement[0]
            if kind in forms:
                self.out(forms[kind][statement[1]] % mutex)
            elif kind == "leave":
                self.out("return")
            elif kind == "loop":
                self.nest("for range alike() {", statement[1])
                self.out("}")
            else:
                flag, wanted = statement[1]
                self.nest("if %sb%d {" % ("" if wanted else "!", flag), statement[2])
                if statement[3]:
                    self.nest("} else {", statement[3])
                self.out("}")

    def nest(self, head, statements):
        self.out(head)
        self.indent += 1
        self.write(statements)
        self.indent -= 1


def program(seed, count):
    """The text; by line what is acquired there, a name that the run says if it is not given back, and the
    rule; and names of which no finding is expected."""
    parts, lines, calls, files, doubtful = [PRELUDE], {}, [], [], set()
    line = PRELUDE.count("\n") + 1
    for number in range(count):
        if random.Random(seed * 7919 + number).randrange(4) == 0:
            case = Locks(seed, number)
            text = case.text()
            for at, row in enumerate(text.splitlines()):
                if row.endswith(".Lock()"):
                    lines[line + 1 + at] = (case.prefix, "lock-not-released")
            calls.append("%s(%%s)\n\t\tended(&m%s, \"%s\")" % (case.prefix, case.prefix, case.prefix))
        else:
            case = Resources(seed, number)
            text = case.text()
            for name, at in case.acquired.items():
                is_cancel = "context.With" in text.splitlines()[at]
                lines[line + 1 + at] = (name, "cancel-not-called" if is_cancel else "resource-leak")
                if not is_cancel:
                    files.append(name)
            doubtful |= case.doubtful
            calls.append("%s(%%s)\n\t\tsettle()" % case.prefix)
        parts.append("\n" + text)
        line += 1 + text.count("\n")
    flags = ", ".join("mask&%d != 0" % (1 << i) for i in range(FLAGS))
    body = "\n\t\t".join(call % flags for call in calls)
    made = "".join('\t{\n\t\tf, _ := os.Create("%s")\n\t\tf.Close()\n\t}\n' % name for name in files)
    loops = "\tfor round = range %d {\n\t\tmask := round %% %d\n" % (ROUNDS << FLAGS, 1 << FLAGS)
    parts.append("\nfunc main() {\n%s%s\t\t%s\n\t}\n}\n" % (made, loops, body))
    return "".join(parts), lines, doubtful
