package main

import (
	"errors"
	"fmt"
	"sync"
)

type tx struct{ open bool }

func (t *tx) Rollback() error { t.open = false; return nil }
func (t *tx) Commit() error   { t.open = false; return nil }

func statement(f func()) {
	defer func() {
		recover() // want "^warning: the panic that this `recover` stops is dropped: `statement` returns as if nothing had happened; .* \[recover-swallowed\]$"
	}()
	f()
}

func emptyBranch(f func()) error {
	defer func() {
		if r := recover(); r != nil { // want "is dropped: `emptyBranch` returns as if"
		}
	}()
	f()
	return nil
}

func onlyCompared(f func()) {
	defer func() {
		if recover() != nil { // want "is dropped"
			return
		}
	}()
	f()
}

// To roll back is right, but the caller gets a nil error.
func rollsBack(t *tx, f func(*tx) error) error {
	defer func() {
		if r := recover(); r != nil { // want "is dropped: `rollsBack` returns"
			t.Rollback()
		}
	}()
	if err := f(t); err != nil {
		return errors.Join(err, t.Rollback())
	}
	return t.Commit()
}

func setsNil(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil { // want "is dropped"
			err = nil
		}
	}()
	f()
	return errors.New("not done")
}

func helper() {
	recover() // want "is dropped"
}

func defersHelper(f func()) {
	defer helper()
	f()
}

func inner(f func()) {
	defer func() {
		defer recover() // want "is dropped"
	}()
	f()
}

func inGoroutine(jobs <-chan func()) *sync.WaitGroup {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for job := range jobs {
			func() {
				defer func() { recover() }() // want "is dropped"
				job()
			}()
		}
	}()
	return &wg
}

func count(f func() int) (n int) {
	defer func() {
		if r := recover(); r != nil { // want "is dropped: `count` returns"
			fmt.Sprint("unused")
		}
	}()
	return f()
}

func pair(f func() string) (string, error) {
	defer func() { recover() }() // want "is dropped"
	return f(), nil
}

func discarded(f func()) {
	defer func() {
		_ = recover() // want "^info: the panic that this"
	}()
	f()
}

func documented(ch chan int) {
	// The channel may be closed already: ignore the panic.
	defer func() { recover() }() // want "^info: "
	close(ch)
}

func variable(f func()) {
	defer func() {
		r := recover() // want "is dropped"
		if r == nil {
			return
		}
	}()
	f()
}

func main() {
	statement(func() {})
	_ = emptyBranch(func() {})
	onlyCompared(func() {})
	_ = rollsBack(&tx{}, func(*tx) error { return nil })
	_ = setsNil(func() {})
	defersHelper(func() {})
	inner(func() {})
	inGoroutine(nil).Wait()
	count(func() int { return 1 })
	pair(func() string { return "" })
	discarded(func() {})
	documented(nil)
	variable(func() {})
}
