package p

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
)

func returns() {}

func panics() { panic("always") }

func must(n int, err error) int {
	if err != nil {
		panic(err)
	}
	return n
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func assert(ok bool) {
	if !ok {
		os.Exit(2)
	}
}

func exits()   { os.Exit(1) }
func wraps()   { exits() }
func goexits() { runtime.Goexit() }
func waits()   { select {} }

func spins(work func()) {
	for {
		work()
	}
}

func recovers() {
	if r := recover(); r != nil {
		fmt.Println(r)
	}
}

func recoversSome() {
	if r := recover(); r != nil {
		if err, ok := r.(error); ok {
			panic(err)
		}
	}
}

func guarded(fn func()) {
	defer recovers()
	fn()
}

func spawns(fn func())  { go fn() }
func deferred(f func()) { defer f() }

var kept func()

func keeps(fn func()) { kept = fn }
func ignores(func())  {}

func twice(fn func()) {
	fn()
	fn()
}

func perhaps(fn func(), ok bool) {
	if ok {
		fn()
	}
}

type node struct{ next *node }

func (n *node) tolerant() int {
	if n == nil {
		return 0
	}
	return 1 + n.next.tolerant()
}

func (n *node) strict() *node { return n.next }

func same(n *node) *node { return n }
func fresh() *node       { return &node{} }
func none() *node        { return nil }
func fails() error       { return errors.New("always") }
func cleanup() func()    { return func() {} }
func either(x bool) (e error) {
	if x {
		e = errors.New("x")
	}
	return e
}

func ping(n int) int { return pong(n - 1) }
func pong(n int) int {
	if n < 0 {
		panic("negative")
	}
	return ping(n)
}
