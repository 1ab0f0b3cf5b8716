package p

import (
	"fmt"
	"log"
	"sync"
)

func direct() {
	defer func() { recover() }()
	defer func() {
		if v := recover(); v != nil {
			log.Print(v)
		}
	}()
	defer (func() { recover() })()
}

func deferredInDeferred() {
	defer func() { defer recover() }()
}

func argument() {
	defer func() { defer fmt.Println(recover()) }()
	defer func() { fmt.Println("recovered:", recover()) }()
}

func inExpressions() {
	defer func() {
		switch v := recover().(type) {
		case error:
			log.Print(v)
		}
		for v := recover(); v != nil; v = recover() {
			log.Print([]any{recover()}, map[string]any{"r": recover()})
		}
	}()
}

func helper() { recover() }

func defersHelper() { defer helper() }

type guard struct{}

func (guard) stop()  { recover() }
func (*guard) halt() { recover() }

func defersMethods(g *guard) {
	defer g.stop()
	defer guard.stop(*g)
	defer g.halt()
}

func byValue() { recover() }

func defersValue() {
	f := byValue
	defer f()
}

func literalByVariable() {
	handle := func() { recover() }
	defer handle()
}

// Deferred once, so that its recover works; the other call is in vain.
func literalBothWays() {
	handle := func() { recover() }
	defer handle()
	handle()
}

func returned() func() {
	return func() { recover() }
}

func stored() {
	handlers := map[string]func(){"x": func() { recover() }}
	defer handlers["x"]()
}

func passedOn(run func(func())) {
	run(func() { recover() })
	defer run(func() { recover() })
}

// Exported, and other packages may defer it.
func Exported() { recover() }

func callsExported() { Exported() }

type Closer struct{}

func (Closer) Close() { recover() }

func callsClose(c Closer) { c.Close() }

// Nothing calls it, so nothing is wrong with a call.
func unused() { recover() }

func generic[T any](T) { recover() }

func defersGeneric() { defer generic(1) }

func shadowedByParameter(recover func() any) {
	defer recover()
}

func shadowedByVariable() {
	recover := func() any { return nil }
	defer recover()
	func() { recover() }()
}

func rangeOverOthers(names []string, n int, ch chan int, m map[int]int) {
	defer func() {
		for range names {
			recover()
		}
		for range n {
			recover()
		}
		for range ch {
			recover()
		}
		for range m {
			recover()
		}
	}()
}

func ownRecoverInGoroutine(wg *sync.WaitGroup) {
	go func() {
		defer wg.Done()
		defer func() { recover() }()
	}()
}

// A goroutine of the deferred function: another rule's.
func goroutineOfDeferred() {
	defer func() {
		go func() { recover() }()
	}()
}

func inner() {
	defer func() { recover() }()
	panic("own")
}

func callsInner() {
	defer func() { inner() }()
}

//go:linkname linked
func linked() { recover() }

func callsLinked() { linked() }

func started() { recover() }

func startsIt() { go started() }
