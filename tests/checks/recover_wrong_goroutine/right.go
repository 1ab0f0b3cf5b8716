package p

import (
	"fmt"
	"log"
	"sync"
)

func check(n int) {
	if n < 0 {
		panic("negative")
	}
}

func guarded(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			log.Println(name, r)
		}
	}()
	f()
}

// Each goroutine recovers for itself.
func Own(numbers []int) {
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() {
				if r := recover(); r != nil {
					log.Println("own:", r)
				}
			}()
			check(n)
		}()
	}
	wg.Wait()
}

// The goroutine calls what guards it.
func ThroughHelper(numbers []int) {
	defer func() {
		if r := recover(); r != nil {
			log.Println("caller:", r)
		}
	}()
	for _, n := range numbers {
		go guarded("check", func() { check(n) })
	}
	check(len(numbers))
}

// There is something to recover from besides the goroutine.
func Both(n int, done chan<- int) {
	defer func() {
		if r := recover(); r != nil {
			log.Println("both:", r)
		}
	}()
	check(n)
	go func() {
		check(n + 1)
		done <- n
	}()
}

// The channel brings the panic back to who waits.
func Relay(f func() int) int {
	type outcome struct {
		n     int
		panic any
	}
	results := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			o.panic = recover()
			results <- o
		}()
		o.n = f()
	}()
	o := <-results
	if o.panic != nil {
		panic(fmt.Sprintf("relayed: %v", o.panic))
	}
	return o.n
}

// The goroutine of the deferred function has a recover of its own.
func Nested() {
	defer func() {
		go func() {
			defer func() {
				if r := recover(); r != nil {
					log.Println("nested:", r)
				}
			}()
			check(-1)
		}()
	}()
}
