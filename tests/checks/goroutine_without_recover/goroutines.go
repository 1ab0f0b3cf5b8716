package p

import (
	"fmt"
	"log"
)

func Explicit(done chan bool, n int) {
	go func() { // want "^info: this goroutine has no `recover`, and it may `panic`: a panic in it ends the program; .* \[goroutine-without-recover\]$"
		if n < 0 {
			panic("negative")
		}
		done <- true
	}()
}

func Index(xs []int, n int, out chan<- int) {
	go func() { // want "a check of the run-time system may fail in it"
		out <- xs[n]
	}()
}

func Callback(f func()) {
	go func() { f() }() // want "it calls what is not known"
}

func work(jobs <-chan int) {
	for n := range jobs {
		if n == 0 {
			panic("zero")
		}
	}
}

func Named(jobs <-chan int) {
	go work(jobs) // want "it may `panic`"
}

func guard() {
	if r := recover(); r != nil {
		log.Println(r)
	}
}

func Guarded(f func()) {
	go func() {
		defer guard()
		f()
	}()
}

func Quiet(out chan<- string, n int) {
	go func() { out <- fmt.Sprint(n) }()
}
