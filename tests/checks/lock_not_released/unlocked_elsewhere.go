package p

import (
	"errors"
	"sync"
)

var errNotOpen = errors.New("not open")

type db struct {
	writing sync.Mutex
	open    bool
}

type tx struct {
	db    *db
	write bool
}

// The transaction unlocks when it ends.
func (d *db) newWriter() (*tx, error) {
	d.writing.Lock()
	if !d.open {
		d.writing.Unlock()
		return nil, errNotOpen
	}
	return &tx{db: d, write: true}, nil
}

func (t *tx) end() {
	if t.db == nil {
		return
	}
	if t.write {
		t.db.writing.Unlock()
	}
	t.db = nil
}

type segment struct {
	mu   sync.RWMutex
	data []byte
}

type segments struct{ all []*segment }

func (s *segments) getRLocked(i int) (*segment, error) {
	if i >= len(s.all) {
		return nil, errNotOpen
	}
	found := s.all[i]
	found.mu.RLock()
	return found, nil
}

func (s *segments) read(i int) ([]byte, func(), error) {
	found, err := s.getRLocked(i)
	if err != nil {
		return nil, nil, err
	}
	return found.data, found.mu.RUnlock, nil
}

type results struct {
	mu  sync.Mutex
	all []int
}

type pool struct{ found results }

// The lock is another one behind the assignment.
func (p *pool) wait() []int {
	p.found.mu.Lock()
	all := p.found.all
	p.found = results{}
	return all
}

func (p *pool) peek() []int {
	p.found.mu.Lock() // want "may still be locked"
	p.found.all = nil
	return p.found.all
}

// Its files are not to be used again.
func (s *segments) close() {
	for _, found := range s.all {
		found.mu.Lock() // This is not unlocked any more.
		found.data = nil
	}
}

func (s *segments) closeFirst() error {
	// Released by whoever opens it again.
	s.all[0].mu.Lock()
	s.all[0].data = nil
	return nil
}

func (s *segments) closeSome(n int) error {
	found := s.all[n]
	// It is unlocked at the end.
	found.mu.Lock() // want "may still be locked"
	if found.data == nil {
		return errNotOpen
	}
	found.data = nil
	found.mu.Unlock()
	return nil
}

type gate struct {
	mu      sync.RWMutex
	waiting sync.WaitGroup
	slots   chan int
}

// It is unlocked by pass, which waits then.
func (g *gate) Lock() {
	g.slots <- 1
	g.mu.RLock()
}

func (g *gate) Unlock() {
	g.mu.RUnlock()
	<-g.slots
}

func (g *gate) do(f func()) {
	g.Lock()
	defer g.Unlock()
	f()
}

func (g *gate) begin(n int, f func()) {
	g.mu.Lock()
	for i := 0; i < n; i++ {
		g.waiting.Add(1)
		go f()
	}
}

func (g *gate) pass() {
	g.mu.Unlock()
	g.waiting.Wait()
}

func (g *gate) run(n int, f func()) {
	g.begin(n, f)
	g.pass()
}
