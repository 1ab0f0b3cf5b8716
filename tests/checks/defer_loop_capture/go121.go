//go:build go1.21

package p

import (
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"
)

func deferred() {
	for i := 0; i < 3; i++ { // note "this loop changes `i`"
		defer func() { fmt.Println(i) }() // want "^warning: this deferred function literal uses `i`, which all iterations share in go1.21 \(each has its own from go1.22 on\): it runs after the loop .*; pass `i` as an argument" // note "`i` is used here"
	}
}

func deferredRange(names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer func() { // want "`name`"
			fmt.Println(name, f.Close())
		}()
	}
}

func deferredKey(m map[string]int) {
	for key := range m {
		defer func() { delete(m, key) }() // want "`key`"
	}
}

func started(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() { // want "^warning: this goroutine uses `name`, .*it may see the value of a later iteration"
			defer wg.Done()
			fmt.Println(name)
		}()
	}
	wg.Wait()
}

// The literal within the goroutine's is part of it.
func startedNested(names []string) {
	for _, name := range names {
		go func() { // want "this goroutine"
			defer func() { fmt.Println(name) }()
		}()
	}
}

func kept() (all []func()) {
	for i := 0; i < 3; i++ {
		all = append(all, func() { fmt.Println(i) }) // want "^warning: this function literal, which is kept for later, uses `i`"
	}
	return all
}

func keptByIndex() {
	all := make([]func(), 3)
	for i := 0; i < 3; i++ {
		all[i] = func() { fmt.Println(i) } // want "`i`"
	}
	for _, f := range all {
		f()
	}
}

type route struct {
	name   string
	handle func()
}

func keptInStruct(names []string) (routes []route) {
	for _, name := range names {
		routes = append(routes, route{name: name, handle: func() { fmt.Println(name) }}) // want "`name`"
	}
	return routes
}

func keptInField(s *route, names []string) {
	for _, name := range names {
		s.handle = func() { fmt.Println(name) } // want "`name`"
	}
}

func sent(tasks chan func(), names []string) {
	for _, name := range names {
		tasks <- func() { fmt.Println(name) } // want "`name`"
	}
}

func byVariable(names []string) {
	for _, name := range names {
		show := func() { fmt.Println(name) }
		go show() // want "this goroutine uses `name`"
	}
}

func byVariableDeferred(names []string) {
	for _, name := range names {
		show := func() { fmt.Println(name) }
		defer show() // want "this deferred function literal uses `name`"
	}
}

func asArgumentOfDeferred(names []string) {
	for _, name := range names {
		defer run(func() { fmt.Println(name) }) // want "`name`"
	}
}

func run(f func()) { f() }

func startedByGroup(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { fmt.Println(name) }) // want "this goroutine uses `name`"
	}
	wg.Wait()
}

func handlers(names []string) {
	for _, name := range names {
		http.HandleFunc(name, func(w http.ResponseWriter, _ *http.Request) { // want "kept for later, uses `name`"
			fmt.Fprintln(w, name)
		})
	}
}

func timers(names []string) {
	for _, name := range names {
		time.AfterFunc(time.Second, func() { fmt.Println(name) }) // want "`name`"
	}
}

func outerOfNestedLoops(rows [][]string) {
	for i, row := range rows {
		for range row {
			defer func() { fmt.Println(i) }() // want "`i`"
		}
	}
}

func startedInCalledLiteral(names []string) {
	for _, name := range names {
		func() {
			go func() { fmt.Println(name) }() // want "this goroutine uses `name`"
		}()
	}
}

func notEachIteration(names []string) {
	for _, name := range names {
		if name == "" {
			continue
		}
		switch {
		case name == "x":
			go func() { fmt.Println(name) }() // want "`name`"
		}
	}
}

func assignedInBody(n int) {
	for rest := n; rest > 0; {
		rest /= 2
		defer func() { fmt.Println(rest) }() // want "`rest`"
	}
}

// The clause behind a clause does not run behind it.
func inClause(names []string, done chan bool, n int) {
	for _, name := range names {
		switch n {
		case 1:
			go func() { fmt.Println(name) }() // want "`name`"
		case 2:
			<-done
		}
	}
}

type point struct{ name string }

func (p *point) show() { fmt.Println(p.name) }

// The receiver is the address of the variable that all iterations share.
func pointerMethod(points []point) {
	for _, p := range points {
		defer p.show() // want "this deferred call uses `p`, which all iterations share"
	}
}

func address(names []string) {
	for _, name := range names {
		go show(&name) // want "this goroutine uses `name`"
	}
}

func show(name *string) { fmt.Println(*name) }

func lastOne(n int) {
	var last func()
	for i := 0; i < n; i++ {
		last = func() { fmt.Println(i) } // want "kept for later, uses `i`"
	}
	last()
}

type registry struct{ hooks []func() }

func (r *registry) register(hook func()) { r.hooks = append(r.hooks, hook) }

func (r *registry) each(hook func()) { hook() }

func registered(r *registry, names []string) {
	for _, name := range names {
		r.register(func() { fmt.Println(name) }) // want "kept for later, uses `name`"
		r.each(func() { fmt.Println(name) })
	}
}
