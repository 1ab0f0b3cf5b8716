"""What is around the cases of a generated program: helpers that they call, and main."""

# How many calls a case may make, each time that it is run.
FUEL = 40

PRELUDE = """\
package main

import (
	"os"
	"runtime"
	"sync"
)

type failure struct{ what string }

func (f *failure) Error() string { return f.what }

func fail(what string, if0 int) error {
	if if0%2 != 0 {
		return nil
	}
	return &failure{what}
}

// How many calls the case may still make.
var fuel int

func show(where string, e any) {
	switch v := e.(type) {
	case nil:
		println(where, "nil")
	case error:
		println(where, "error", v.Error())
	case string:
		println(where, "string", v)
	case int:
		println(where, "int", v)
	default:
		println(where, "other")
	}
}

func text(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

func recovers(where string)        { show(where, recover()) }
func handsOn(where string)         { recovers(where) }
func defersRecover()               { defer recover() }
func apply(f func(int) int, n int) int { return f(n) }
func later(where string) func() {
	println(where, "begins")
	return func() { println(where, "ends") }
}
func laterRecovers(where string) func() { return func() { show(where, recover()) } }

func generic[V any](where string, v V, f func(V) V) (r V) {
	defer func() {
		if e := recover(); e != nil {
			show(where, e)
			r = v
		}
	}()
	return f(v)
}

var (
	_ = os.Exit
	_ = runtime.Goexit
	_ sync.WaitGroup
)
"""

MAIN = """\
func main() {
	if len(os.Args) < 2 {
		for i := range cases {
			run(i)
		}
	}
	for _, arg := range os.Args[1:] {
		i := 0
		for _, digit := range arg {
			i = i*10 + int(digit-'0')
		}
		run(i)
	}
}
"""

GUARDED_RUN = """
func run(i int) {
	for n := range 3 {
		fuel = FUEL
		println("case", i, n)
		func() {
			defer func() { show("leaves", recover()) }()
			cases[i](n)
		}()
	}
}
"""

ENDING_RUN = """
func run(i int) {
	for n := range 3 {
		fuel = FUEL
		println("case", i, n)
		cases[i](n)
	}
}
"""
