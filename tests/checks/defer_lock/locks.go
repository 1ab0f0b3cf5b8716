package p

import "sync"

type table struct {
	sync.RWMutex
	inner struct{ mu sync.Mutex }
	rows  map[string]int
}

func (t *table) put(k string) {
	t.Lock()
	defer t.Lock() // want "^error: `t.Lock\(\)` locks when `put` returns, and nothing unlocks before: it waits for a lock that the function holds itself; did you mean `Unlock`\?"
	t.rows[k]++
}

func (t *table) get(k string) int {
	t.RLock()       // note "locked here"
	defer t.RLock() // want "did you mean `RUnlock`"
	return t.rows[k]
}

func (t *table) nothingBefore() {
	defer t.inner.mu.Lock() // want "whoever asks for the lock next waits for ever"
	t.rows["x"]++
}

func (t *table) other() {
	t.Unlock()
	defer t.inner.mu.Lock() // want "did you mean `Unlock`"
	defer t.Lock()
}

func (t *table) unlockedAtEnd() {
	t.Lock()
	defer t.Lock() // want "^error: "
	t.Unlock()
}

func locker(l sync.Locker) {
	l.Lock()
	defer l.Lock() // want "did you mean `Unlock`"
}

var global sync.Mutex

func ofPackage() {
	global.Lock()
	defer global.Lock() // want "^error: "
}

func inLiteral(mu *sync.Mutex) {
	func() {
		mu.Lock()
		defer mu.Lock() // want "^error: "
	}()
}

type fileLock struct{}

func (*fileLock) Lock() error   { return nil }
func (*fileLock) Unlock() error { return nil }

func ofUser(l *fileLock) error {
	if err := l.Lock(); err != nil {
		return err
	}
	defer l.Lock() // want "^error: "
	return nil
}
