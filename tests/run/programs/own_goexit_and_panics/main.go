package main

import (
	"fmt"
	"runtime"
	"sync"
)

func run(name string, f func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	finished := false
	go func() {
		defer wg.Done()
		defer func() { fmt.Println(name, "outermost recovers", recover(), "finished", finished) }()
		f()
		finished = true
	}()
	wg.Wait()
}

func main() {
	run("panic in a deferred call of Goexit", func() {
		defer func() { fmt.Println("recovered", recover()) }()
		defer func() { panic("late") }()
		runtime.Goexit()
	})
	run("recovered inside", func() {
		defer fmt.Println("still runs")
		defer func() {
			defer func() { fmt.Println("inner", recover()) }()
			panic("nested")
		}()
		runtime.Goexit()
	})
	run("Goexit during a panic", func() {
		defer func() { fmt.Println("sees", recover()) }()
		defer runtime.Goexit()
		panic("dropped")
	})
	run("Goexit after recover", func() {
		defer func() {
			fmt.Println("recovers", recover())
			runtime.Goexit()
		}()
		panic("p")
	})
	run("Goexit twice", func() {
		defer func() { defer fmt.Println("deep"); runtime.Goexit() }()
		defer runtime.Goexit()
		runtime.Goexit()
	})
	run("in a range-over-func body", func() {
		for i := range func(yield func(int) bool) { defer fmt.Println("iterator's"); yield(7) } {
			defer fmt.Println("body's", i)
			runtime.Goexit()
		}
	})
}
