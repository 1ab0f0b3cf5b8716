package p

import (
	"errors"
	"sync"
)

type registry struct {
	mu  sync.Mutex
	fns map[string]func() error
}

// Whoever gets no function cannot unlock.
func (r *registry) take(name string) (func() error, func(), error) {
	r.mu.Lock() // want "may still be locked when `\(\*registry\).take` returns"
	f, ok := r.fns[name]
	if !ok {
		return nil, nil, errors.New("no " + name)
	}
	return f, r.mu.Unlock, nil
}

func (r *registry) takeByLiteral(name string) (func(), error) {
	r.mu.Lock() // want "may still be locked when `\(\*registry\).takeByLiteral` returns"
	if _, ok := r.fns[name]; !ok {
		return nil, errors.New("no " + name)
	}
	return func() { r.mu.Unlock() }, nil
}

func (r *registry) takeRight(name string) (func(), error) {
	r.mu.Lock()
	if _, ok := r.fns[name]; !ok {
		r.mu.Unlock()
		return nil, errors.New("no " + name)
	}
	return r.mu.Unlock, nil
}

// The function comes with the error, too.
func (r *registry) takeAlways(name string) (func(), error) {
	r.mu.Lock()
	if _, ok := r.fns[name]; !ok {
		return r.mu.Unlock, errors.New("no " + name)
	}
	return r.mu.Unlock, nil
}

type topics struct {
	mu     sync.Mutex
	closed bool
	names  map[string]int
}

// The function that is given back has no lock with it: it takes its own.
func (t *topics) subscribe(name string) (func(), error) {
	t.mu.Lock() // want "`t.mu` may still be locked when `\(\*topics\).subscribe` returns"
	if t.closed {
		return nil, errors.New("closed")
	}
	t.names[name]++
	t.mu.Unlock()
	return func() { t.unsubscribe(name) }, nil
}

func (t *topics) unsubscribe(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.names[name]--
}
