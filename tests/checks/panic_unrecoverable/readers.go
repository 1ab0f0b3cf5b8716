package p

import (
	"fmt"
	"sync"
)

type table struct {
	mu sync.RWMutex
	m  map[string]int
}

func (t *table) sizeTwice() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("size: %v", r)
		}
	}()
	t.mu.RLock()
	n = len(t.m)
	t.mu.RUnlock()
	t.mu.RUnlock() // want "to `RUnlock` it again is a fatal error and no panic"
	return n, nil
}

// Two readers, and both give it back.
func (t *table) sizeOfBoth(keys []string) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("size: %v", r)
		}
	}()
	t.mu.RLock()
	t.mu.RLock()
	n = len(t.m) + len(keys[0])
	t.mu.RUnlock()
	t.mu.RUnlock()
	return n, nil
}
