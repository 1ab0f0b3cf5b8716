// Package replace panics while it cleans up.
package replace

import (
	"errors"
	"fmt"
	"log"
	"os"
	"strconv"
	"sync"
)

type Pool struct {
	mu   sync.Mutex
	free []*os.File
	max  int
}

// Put panics when the file does not close.
func (p *Pool) Put(f *os.File) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.free) >= p.max {
		panic("pool: full")
	}
	p.free = append(p.free, f)
}

// With may panic by Put while f's panic is under way.
func (p *Pool) With(file *os.File, f func(*os.File)) {
	defer func() {
		if err := file.Sync(); err != nil {
			panic(err) // want "^warning: "
		}
	}()
	f(file)
}

// Carry joins both.
func (p *Pool) Carry(file *os.File, f func(*os.File)) {
	defer func() {
		r := recover()
		if err := file.Sync(); err != nil {
			panic(errors.Join(err, fmt.Errorf("%v", r)))
		}
		if r != nil {
			panic(r)
		}
	}()
	f(file)
}

// Log panics nowhere.
func (p *Pool) Log(file *os.File, f func(*os.File)) {
	defer func() {
		if err := file.Sync(); err != nil {
			log.Print(err)
		}
	}()
	f(file)
}

// Wrap re-panics with %w of an error.
func Wrap(f func()) {
	defer func() {
		if r := recover(); r != nil {
			if err, ok := r.(error); ok {
				panic(fmt.Errorf("wrap: %w", err))
			}
			panic(r)
		}
	}()
	f()
}

// Fresh drops the recovered value for a new one.
func Fresh(s string) int {
	defer func() {
		if recover() != nil {
			panic(errors.New("fresh: bad number")) // want "^warning: "
		}
	}()
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// Logged tells the value before it panics with another.
func Logged(f func()) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("panic: %v", r)
			panic("see the log") // want "^warning: "
		}
	}()
	f()
}

// Exit ends the process with the value told.
func Exit(f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintln(os.Stderr, r)
			os.Exit(70)
		}
	}()
	f()
}

type invariant struct{ name string }

func (i invariant) check(ok bool) {
	if !ok {
		panic("invariant " + i.name)
	}
}

// Checked asks for an invariant at its end.
func (p *Pool) Checked(f func()) {
	defer func() {
		invariant{"max"}.check(len(p.free) <= p.max) // want "^warning: "
	}()
	f()
}
