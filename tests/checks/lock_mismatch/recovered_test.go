package p

import (
	"sync"
	"testing"
)

type checkedLock struct {
	mu    sync.RWMutex
	taken bool
}

func (l *checkedLock) RLock() { l.mu.RLock() }

func (l *checkedLock) Unlock() {
	if !l.taken {
		panic("not locked")
	}
	l.mu.Unlock()
}

func TestUnlockPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("no panic")
		}
	}()
	var l checkedLock
	l.RLock()
	l.Unlock()
}

func TestUnlock(t *testing.T) {
	var l checkedLock
	l.RLock()
	l.Unlock() // want "is locked by `RLock`"
}
