package p

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"testing"
)

//explain: Put
//explain: ends
//explain: forever
//explain: fatal
//explain: none
//explain: calls
//explain: inTest
//json

type box struct {
	mu sync.Mutex
	m  map[string]int
}

// A return before and after a panic, and one that cannot be excluded.
func (b *box) Put(key string, n int) (old int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	defer fmt.Println("put", key, old)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("put: %v", r)
		}
	}()
	if n < 0 {
		return 0, errors.New("negative")
	}
	if n == 0 {
		panic("zero")
	}
	old = b.m[key]
	b.m[key] = n
	return old, nil
}

// Each way to end that is no return.
func ends(how string, done chan bool) {
	defer close(done)
	switch how {
	case "exit":
		os.Exit(1)
	case "fatal":
		log.Fatalln(how)
	case "goexit":
		runtime.Goexit()
	case "panic":
		panic(how)
	case "wait":
		select {}
	}
	fmt.Println(how)
}

func forever(work func()) {
	defer work()
	for {
		work()
	}
}

// Before the first defer statement nothing is deferred.
func fatal(name string) {
	if name == "" {
		log.Fatal("no name")
	}
	f, err := os.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	fmt.Fprintln(f, name)
}

func none(xs []int, i int) int {
	if i < 0 {
		panic("negative")
	}
	return 100 / xs[i]
}

func mustPositive(n int) int {
	if n <= 0 {
		panic("not positive")
	}
	return n
}

func calls(n int) int {
	defer fmt.Println("done")
	return mustPositive(n)
}

func inTest(t *testing.T) {
	defer fmt.Println("done")
	t.Fatal("stops the goroutine")
}
