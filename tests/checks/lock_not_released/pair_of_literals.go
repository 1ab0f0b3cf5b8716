package p

import "sync"

type ledger struct {
	mu sync.Mutex
	n  int
}

// The literals lock and unlock for the function around them.
func (l *ledger) remove(needsLock bool) int {
	lock := func() {
		if needsLock {
			l.mu.Lock()
		}
	}
	unlock := func() {
		if needsLock {
			l.mu.Unlock()
		}
	}
	lock()
	defer unlock()
	if l.n == 0 {
		return 0
	}
	l.n--
	return l.n
}

// Nobody unlocks for this one.
func (l *ledger) watch(visit func(func() int)) {
	visit(func() int {
		l.mu.Lock() // want "`l.mu` may still be locked"
		if l.n == 0 {
			return 0
		}
		l.mu.Unlock()
		return l.n
	})
}
