// Package gpool pools values of any type.
package gpool

import (
	"errors"
	"fmt"
	"io"
	"log"
	"sync"
)

type Pool[T io.Closer] struct {
	mu   sync.Mutex
	free []T
	open func() (T, error)
}

func (p *Pool[T]) Get() (T, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.free); n > 0 {
		v := p.free[n-1]
		p.free = p.free[:n-1]
		return v, nil
	}
	return p.open()
}

func (p *Pool[T]) Put(v T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, v)
}

// With returns the value by a deferred call.
func (p *Pool[T]) With(f func(T) error) (err error) {
	v, err := p.Get()
	if err != nil {
		return err
	}
	defer p.Put(v)
	return f(v)
}

// WithAll holds all of them until its end.
func (p *Pool[T]) WithAll(n int, f func(T) error) error {
	for range n {
		v, err := p.Get()
		if err != nil {
			return err
		}
		defer v.Close()
		if err := f(v); err != nil {
			return err
		}
	}
	return nil
}

// Close keeps the last error only, in a literal that is deferred in a loop.
func (p *Pool[T]) Close() (err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, v := range p.free {
		err = errors.Join(err, v.Close())
	}
	p.free = nil
	return err
}

// Guard recovers for functions of any type; it is deferred directly.
func Guard[T any](out *T, zero T) {
	if r := recover(); r != nil {
		log.Printf("guard: %v", r)
		*out = zero
	}
}

func Compute(f func() int) (n int) {
	defer Guard(&n, -1)
	return f()
}

// ComputeLost gives it a variable that is not the result.
func ComputeLost(f func() int) int {
	n := 0
	defer Guard(&n, -1) // want "^warning: "
	n = f()
	return n
}

// ComputeWrapped calls it in a literal.
func ComputeWrapped(f func() string) (s string) {
	defer func() {
		Guard(&s, "none")
	}()
	return f()
}

type Result[T any] struct {
	Val T
	Err error
}

// Async has its own recover.
func Async[T any](f func() (T, error)) <-chan Result[T] {
	ch := make(chan Result[T], 1)
	go func() {
		var res Result[T]
		defer func() { ch <- res }()
		defer func() {
			if r := recover(); r != nil {
				res.Err = fmt.Errorf("async: %v", r)
			}
		}()
		res.Val, res.Err = f()
	}()
	return ch
}

// AsyncStale sends the result as it was in the beginning.
func AsyncStale[T any](f func() (T, error)) <-chan Result[T] {
	ch := make(chan Result[T], 1)
	go func() {
		var res Result[T]
		defer send(ch, res)
		res.Val, res.Err = f()
	}()
	return ch
}

func send[T any](ch chan<- Result[T], r Result[T]) { ch <- r }
