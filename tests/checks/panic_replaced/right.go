package p

import (
	"errors"
	"fmt"
	"log"
	"os"
	"sync"
)

func Same(f func()) {
	defer func() {
		if r := recover(); r != nil {
			log.Println("again:", r)
			panic(r)
		}
	}()
	f()
}

func Wrapped(f func()) {
	defer func() {
		if r := recover(); r != nil {
			if err, ok := r.(error); ok {
				panic(fmt.Errorf("job: %w", err))
			}
			panic(fmt.Sprintf("job: %v", r))
		}
	}()
	f()
}

type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprint(p.value) }

func InStruct(f func()) {
	defer func() {
		if r := recover(); r != nil {
			panic(&panicError{value: r})
		}
	}()
	f()
}

func Joined(f func() error, undo func() error) {
	defer func() {
		if r := recover(); r != nil {
			err, _ := r.(error)
			panic(errors.Join(err, undo()))
		}
	}()
	if err := f(); err != nil {
		panic(err)
	}
}

func Filtered(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *panicError:
			err = r
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

func Expected(f func()) {
	defer func() {
		if r := recover(); r == nil {
			panic("there should have been a panic")
		}
	}()
	f()
}

// Nothing else panics here.
func Quiet(name string) error {
	defer func() {
		if err := os.Remove(name); err != nil {
			panic(err)
		}
	}()
	return os.WriteFile(name, nil, 0o600)
}

// Its own recover catches it.
func Caught(f func()) {
	defer func() {
		defer func() {
			if r := recover(); r != nil {
				log.Println(r)
			}
		}()
		panic("caught")
	}()
	f()
}

type pool struct {
	mu   sync.Mutex
	free []int
}

// put checks its callers.
func (p *pool) put(n int) {
	if n < 0 {
		panic("pool: negative")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, n)
}

func (p *pool) Use(n int, f func(int)) {
	defer p.put(n)
	f(n)
}

// The error goes where the caller sees it.
func Reported(name string, f func()) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	f()
	return nil
}

type flight struct{ err error }

// What an inner call kept is raised here, and nothing is lost.
func (c *flight) do(f func()) {
	defer func() {
		if e, ok := c.err.(*panicError); ok {
			panic(e)
		}
	}()
	func() {
		defer func() {
			if r := recover(); r != nil {
				c.err = &panicError{value: r}
			}
		}()
		f()
	}()
}

func Fly(f func()) { new(flight).do(f) }

func work(f func() error) (err error) {
	defer func() {
		if err != nil {
			return
		}
		f()
	}()
	return f()
}

func Work(f func() error) error { return work(f) }

type keyed struct {
	mu    sync.Mutex
	locks map[string]int
}

// What is wrong is how it is called.
func (k *keyed) unlock(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.locks[key] == 0 {
		panic(fmt.Errorf("unlock of %v, which is not locked", key))
	}
	k.locks[key]--
	if k.locks[key] < 0 {
		panic(errors.New("locked too seldom"))
	}
}

func (k *keyed) With(key string, f func()) {
	k.locks[key]++
	defer k.unlock(key)
	f()
}

var errConcurrentUse = errors.New("used by two at once")

type exclusive struct {
	used bool
	n    int
}

func (e *exclusive) leave() {
	if !e.used {
		panic(errConcurrentUse)
	}
	e.used = false
	assert(e.n >= 0, "negative number")
}

func assert(is bool, what string) {
	if !is {
		panic(what)
	}
}

func (e *exclusive) Use(f func()) {
	e.used = true
	defer e.leave()
	f()
}
