package p

import "sync"

type mirror struct {
	wg    sync.WaitGroup
	lines chan int
}

type pool struct{ size int }

// It starts the function unless the pool is closed.
func (p *pool) start(run func()) bool {
	if p.size == 0 {
		return false
	}
	go run()
	return true
}

func (m *mirror) follow() {
	defer m.wg.Done()
	for range m.lines {
	}
}

// The goroutine counts what it starts, and takes that back where nothing was.
func (p *pool) reflect(m *mirror) {
	go func() {
		m.wg.Add(1)
		if !p.start(m.follow) {
			m.wg.Done()
		}
	}()
	m.wg.Wait()
}

func (p *pool) reflectItself(m *mirror) {
	go func() {
		m.wg.Add(1) // want "the goroutine adds itself to `wg`"
		for range m.lines {
		}
		m.wg.Done()
	}()
	m.wg.Wait()
}

// A group that is safe to add to while others wait.
type safeGroup struct {
	sync.WaitGroup
	mu sync.Mutex
}

func (g *safeGroup) Add(n int) {
	g.mu.Lock()
	g.WaitGroup.Add(n)
	g.mu.Unlock()
}

type flusher struct{ group safeGroup }

func (f *flusher) flush() {
	f.group.Add(1)
	f.group.Done()
}

func flushAndClose(f *flusher) {
	f.flush()
	f.flush()
}

// All of the loop are counted before it.
func crowd(n int, in <-chan func() error) {
	var wg sync.WaitGroup
	wg.Add(n)
	for range n {
		go func() {
			defer wg.Done()
			for f := range in {
				if f() != nil {
					wg.Done() // want "`Done` is called twice on one way"
					return
				}
			}
		}()
	}
	wg.Wait()
}
