// Package locksvc hands out named locks.
package locksvc

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

type Lock interface {
	Lock() error
	Unlock() error
}

type fileLock struct {
	path string
	f    *os.File
}

func (l *fileLock) Lock() (err error) {
	l.f, err = os.OpenFile(l.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	return err
}

func (l *fileLock) Unlock() error {
	return errors.Join(l.f.Close(), os.Remove(l.path))
}

type Manager struct {
	dir   string
	mu    sync.RWMutex
	locks map[string]*fileLock
}

// LockAll locks all; an error on the way unlocks those taken.
func (m *Manager) LockAll(names []string) (unlock func(), err error) {
	var held []*fileLock
	defer func() {
		if err != nil {
			for _, l := range held {
				l.Unlock()
			}
		}
	}()
	for _, n := range names {
		l := &fileLock{path: filepath.Join(m.dir, n)}
		if err := l.Lock(); err != nil {
			return nil, fmt.Errorf("%s: %w", n, err)
		}
		held = append(held, l)
	}
	return func() {
		for _, l := range held {
			l.Unlock()
		}
	}, nil
}

// Do locks one thing at a time, or so it seems.
func (m *Manager) Do(names []string, f func(string) error) error {
	for _, n := range names {
		l := &fileLock{path: filepath.Join(m.dir, n)}
		if err := l.Lock(); err != nil {
			return err
		}
		defer l.Unlock()
		if err := f(n); err != nil {
			return err
		}
	}
	return nil
}

// Wait tries until it has the lock.
func (m *Manager) Wait(ctx context.Context, name string, f func() error) error {
	l := &fileLock{path: filepath.Join(m.dir, name)}
	for {
		if err := l.Lock(); err == nil {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	defer l.Unlock()
	return f()
}

// Deferred locks at the end.
func (m *Manager) Names() (names []string) {
	m.mu.RLock()
	defer m.mu.RLock() // want "^error: "
	for n := range m.locks {
		names = append(names, n)
	}
	return names
}

// Callback gives up the lock while it calls.
func (m *Manager) Callback(f func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	func() {
		m.mu.Unlock()
		defer m.mu.Lock()
		f()
	}()
}

// Get unlocks early on a path that has no defer.
func (m *Manager) Get(name string) *fileLock {
	m.mu.RLock()
	l, ok := m.locks[name]
	m.mu.RUnlock()
	if ok {
		return l
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if l, ok = m.locks[name]; !ok {
		l = &fileLock{path: filepath.Join(m.dir, name)}
		m.locks[name] = l
	}
	return l
}

// Must exits with the lock file still there, in main's helper.
func (m *Manager) Must(name string, f func() error) {
	l := m.Get(name)
	if err := l.Lock(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer l.Unlock()
	if err := f(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
