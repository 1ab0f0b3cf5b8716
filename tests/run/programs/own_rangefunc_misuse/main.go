package main

import (
	"fmt"
	"runtime"
)

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, isRuntime := r.(runtime.Error)
		fmt.Printf("%s: %v %v\n", name, r, isRuntime)
	}()
	f()
}

func main() {
	var kept func(int) bool
	try("after the loop", func() {
		for range func(yield func(int) bool) { kept = yield; yield(1) } {
		}
		kept(2)
	})
	try("after false", func() {
		for range func(yield func(int) bool) { yield(1); yield(2) } {
			break
		}
	})
	try("swallows a panic", func() {
		for range func(yield func(int) bool) {
			defer func() { fmt.Println("iterator recovers", recover()) }()
			yield(1)
		} {
			panic("body")
		}
	})
	try("goes on after a panic", func() {
		for range func(yield func(int) bool) {
			func() {
				defer func() { fmt.Println("inner recovers", recover()) }()
				yield(1)
			}()
			yield(2)
		} {
			panic("body")
		}
	})
	try("during the body", func() {
		var y func(int) bool
		for i := range func(yield func(int) bool) { y = yield; yield(1) } {
			if i == 1 {
				y(2)
			}
		}
	})
	try("panics itself", func() {
		for i := range func(yield func(int) bool) { defer fmt.Println("cleanup"); yield(1); panic("iterator") } {
			fmt.Println("body", i)
		}
	})
	try("nil", func() {
		var seq func(func(int) bool)
		for range seq {
		}
	})
}
