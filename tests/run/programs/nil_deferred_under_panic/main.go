// Deferred functions that are nil, called one after the other while a panic is
// under way: what recovers the last one ends them all. (With a Goexit in the
// place of the panic, or panics of other functions between, go1.26's runtime
// itself ends with `fatal error: bad panic stack`.)
package main

import "fmt"

func nils(times int, before func()) {
	defer func() {
		fmt.Println("begins", times)
		defer func() { fmt.Println("inner", recover()) }()
		var none func()
		for range times {
			defer none()
		}
	}()
	before()
}

func direct(times int) {
	var none func()
	defer func() { fmt.Println("direct", recover()) }()
	for range times {
		defer none()
	}
	panic("direct")
}

func guarded(what string, f func()) {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("outer", what, recover()) }()
		f()
		fmt.Println("returned", what)
	}()
	<-done
}

func main() {
	befores := []struct {
		name string
		f    func()
	}{
		{"nothing", func() {}},
		{"panic", func() { panic("outermost") }},
	}
	for _, before := range befores {
		for n := range 4 {
			guarded(before.name, func() { nils(n, before.f) })
		}
	}
	for n := range 3 {
		guarded("direct", func() { direct(n) })
	}
}
