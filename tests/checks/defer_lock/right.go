package p

import "sync"

func right(mu *sync.RWMutex) {
	mu.Lock()
	defer mu.Unlock()
	mu.RLock()
	defer mu.RUnlock()
}

func without(l sync.Locker, f func()) {
	l.Unlock()
	defer l.Lock()
	f()
}

func deferredFirst(mu *sync.Mutex, f func()) {
	defer mu.Lock()
	mu.Unlock()
	f()
}

func onSomeWay(mu *sync.Mutex, locked bool, f func()) {
	if locked {
		mu.Unlock()
		defer mu.Lock()
	}
	f()
}

func unlockedByDefer(mu *sync.Mutex, f func()) {
	mu.Lock()
	defer mu.Unlock()
	mu.Unlock()
	defer mu.Lock()
	f()
}

func read(mu *sync.RWMutex, f func()) {
	mu.RUnlock()
	defer mu.RLock()
	f()
}

func upgrade(mu *sync.RWMutex, f func()) {
	mu.RUnlock()
	mu.Lock()
	defer mu.RLock()
	f()
	mu.Unlock()
}

type queue struct {
	mu   sync.Mutex
	wake chan bool
}

func (q *queue) release() func() {
	return q.mu.Unlock
}

func (q *queue) unlock() { q.mu.Unlock() }

func (q *queue) wait() {
	q.unlock()
	defer q.mu.Lock()
	<-q.wake
}

func (q *queue) lockAtEnd() {
	defer q.mu.Lock()
	<-q.wake
}

func (q *queue) inLiteral() {
	defer q.mu.Lock()
	done := func() { q.mu.Unlock() }
	done()
	<-q.wake
}

type door struct{}

func (door) Lock() {}

func noOther(d door) {
	defer d.Lock()
}

func lock(mu *sync.Mutex) { mu.Lock() }

func helper(mu *sync.Mutex) {
	defer lock(mu)
}
