//sample: go1.24

package nobody

import "sync"

type meter struct {
	mu    sync.Mutex
	state sync.RWMutex
	n     int
}

// IsEmpty tells whether the locked meter has counted nothing.
func (m *meter) IsEmpty() bool {
	m.mu.Lock() // want "`m.mu` may still be locked"
	return m.n == 0
}

func (m *meter) StartCount() {
	m.mu.Lock() // want "`m.mu` may still be locked"
	m.n = 1
}

func (m *meter) Add(n int) {
	m.mu.Lock()
	defer func() {
		m.n += n
		m.mu.Unlock()
	}()
}

// BeginRead goes with endRead.
func (m *meter) BeginRead() int {
	m.state.RLock()
	return m.n
}

func (m *meter) endRead() {
	m.state.RUnlock()
}

// touch returns with the lock held, whatever that is good for.
func (m *meter) touch() {
	m.mu.Lock()
}

type gate struct {
	mu sync.Mutex
}

// What is called so has no other meaning, whoever unlocks it.
func (g *gate) lockForEver() {
	g.mu.Lock()
}

type shared struct {
	Mu sync.Mutex
	n  int
}

// Open leaves it to other packages.
func (s *shared) Open() {
	s.Mu.Lock()
	s.n++
}
