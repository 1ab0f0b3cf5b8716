package main

import (
	"fmt"
	"iter"
	"log"
	"maps"
	"slices"
	"sync"
)

func deferredItself() {
	defer recover() // want "^error: `recover` is deferred itself, so that it returns nil and the panic goes on; call it in the deferred function itself: .* \[recover-not-direct\]$"
	panic("x")
}

func deferredItselfInParens() {
	defer (recover)() // want "is deferred itself"
}

// DeferredItself is exported, but nobody defers such a function.
func DeferredItself() {
	defer recover() // want "is deferred itself"
}

func deferredItselfInCalledLiteral() {
	func() {
		defer recover() // want "is deferred itself"
	}()
}

func nestedLiteral() {
	defer func() {
		func() { // note "it is called here"
			recover() // want "in a function literal that is called and not deferred"
		}()
	}()
}

func nestedLiteralWithResult() {
	defer func() {
		v := func() any { return recover() }() // want "function literal that is called"
		fmt.Println(v)
	}()
}

func literalByVariable() {
	handle := func() {
		if v := recover(); v != nil { // want "function literal that is called"
			log.Print(v)
		}
	}
	defer func() {
		handle() // note "it is called here"
	}()
}

func calledLiteral() {
	func() {
		recover() // want "function literal that is called"
	}()
}

func goroutine(job func()) {
	go func() { // note "the goroutine is started here"
		job()
		if v := recover(); v != nil { // want "called by the goroutine's function"
			log.Print(v)
		}
	}()
}

func helper() {
	if v := recover(); v != nil { // want "called in `helper`, which is only ever called and never deferred: .*; defer `helper` itself"
		log.Print(v)
	}
}

func useHelper() {
	defer func() {
		helper() // note "it is called here"
	}()
}

type guard struct{ name string }

func (g *guard) stop() {
	if v := recover(); v != nil { // want "called in `stop`"
		log.Print(g.name, v)
	}
}

type outer struct{ guard guard }

// Stop is a frame between the deferred call and stop.
func (o *outer) Stop() { o.guard.stop() }

func serve(o *outer) {
	defer o.Stop()
}

func often() {
	if v := recover(); v != nil {
		log.Print(v)
	}
}

func defersOften() {
	defer often()
}

func callsOften() {
	defer func() {
		log.Print("done")
		often() // want "`often\(\)` is called by the deferred function, one call too deep for its `recover`"
	}()
}

// Report can be deferred by other packages.
func Report() any { return recover() } // want "called in `Report`"

func callsReport() {
	defer func() {
		log.Print(Report())
	}()
}

func once(yield func(int) bool) { yield(0) }

func seq() iter.Seq[int] { return once }

func rangeOverFunction() {
	defer func() {
		for range once { // note "this range calls a function"
			recover() // want "in the body of a range over a function"
		}
		for range seq() {
			recover() // want "range over a function"
		}
		for range slices.Values([]int{1}) {
			recover() // want "range over a function"
		}
		for range maps.Keys(map[int]int{}) {
			if v := recover(); v != nil { // want "range over a function"
				log.Print(v)
			}
		}
	}()
}

func rangeOverParameter(it iter.Seq2[int, string]) {
	defer func() {
		for range it {
			recover() // want "range over a function"
		}
	}()
}

func init() {
	recover() // want "called in `init`, which is not deferred"
}

func main() {
	if v := recover(); v != nil { // want "called in `main`, which is not deferred: it returns nil and stops no panic"
		log.Print(v)
	}
	defer fmt.Println(recover()) // want "called in `main`"
}

func call(f func()) { f() }

func callback() {
	defer call(func() { recover() }) // want "function literal that is called and not deferred"
}

func throughOnce() {
	defer func() {
		var o sync.Once
		o.Do(func() { // note "it is handed over here"
			recover() // want "handed to another function and called there"
		})
	}()
}
