package p

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

func trace(name string) func() {
	start := time.Now()
	return func() { fmt.Println(name, time.Since(start)) }
}

type tracer struct{ prefix string }

func (t *tracer) region(name string) (end func(error) error) {
	return func(err error) error { return fmt.Errorf("%s: %w", t.prefix+name, err) }
}

type spans interface {
	Start(name string) func()
}

type stop func()

func start() stop { return func() {} }

func open() (*tracer, func(), error) { return nil, func() {}, errors.New("x") }

func with[T any](v T) func() T { return func() T { return v } }

func first[T any](v T) T { return v }

func wrong(t *tracer, s spans, ctx context.Context) {
	defer trace("wrong")           // want "^warning: `trace\(\"wrong\"\)` runs only when `wrong` returns, and the function that it returns is never called; add `\(\)` to call it now"
	defer t.region("wrong")        // want "add the second call"
	defer s.Start("wrong")         // want "never called"
	defer start()                  // want "never called"
	defer open()                   // want "the function among its results is never called"
	defer with(1)                  // want "never called"
	defer context.WithCancel(ctx)  // want "among its results"
	defer sync.OnceFunc(func() {}) // want "never called"
	undo := trace
	defer undo("x")       // want "never called"
	defer func() func() { // want "a function literal runs only when"
		return trace("y")
	}()
}

func right(t *tracer, s spans, ctx context.Context) (err error) {
	defer trace("right")()
	defer func() { err = t.region("right")(err) }()
	end := s.Start("right")
	defer end()
	defer start()()
	defer first(1)
	defer fmt.Println("x")
	defer context.AfterFunc(ctx, func() {})
	defer first(func() {})
	defer none()
	defer register(func() {})
	_, cleanup, err := open()
	defer cleanup()
	return err
}

func none() func() { return nil }

var hooks []func()

func register(f func()) func() {
	hooks = append(hooks, f)
	return f
}
