package p

import (
	"sync"
	"time"
)

// A mutex that is a signal: whoever waits has locked it again meanwhile.
type signal struct {
	stored, done sync.Mutex
	reply        chan int
}

func (s *signal) tell(p *int) {
	s.stored.Unlock()
	s.done.Lock()
	*p = 0
	s.stored.Unlock()
}

func (s *signal) tellTwice(p *int) {
	s.stored.Unlock()
	*p = 0
	s.stored.Unlock() // want "is unlocked here and before"
}

func (s *signal) swap(n int) int {
	s.stored.Unlock()
	s.reply <- n
	n = <-s.reply
	s.stored.Unlock()
	return n
}

// Nobody closes what a ticker sends to: the loop is left by break alone.
type sampler struct {
	mu    sync.Mutex
	users int
}

func (s *sampler) run(period time.Duration) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
loop:
	for range ticker.C {
		s.mu.Lock()
		for n := s.users; n >= 0; n-- {
			if s.users == 0 {
				break loop
			}
		}
		s.mu.Unlock()
	}
	s.users = -1
	s.mu.Unlock()
}

func (s *sampler) runOn(ticks chan time.Time) {
loop:
	for range ticks {
		s.mu.Lock()
		for n := s.users; n >= 0; n-- {
			if s.users == 0 {
				break loop
			}
		}
		s.mu.Unlock()
	}
	s.users = -1
	s.mu.Unlock() // want "is unlocked here and before"
}

type endpoint struct {
	closed, quit, check chan struct{}
}

// What is closed is received from at once.
func (e *endpoint) control() {
	for {
		select {
		case <-e.closed:
			return
		default:
		}
		select {
		case <-e.quit:
			close(e.closed)
		case <-e.check:
		}
	}
}

func (e *endpoint) closeTwice() {
	close(e.closed)
	select {
	case <-e.check:
		return
	default:
	}
	close(e.closed) // want "is closed here and before"
}

func (e *endpoint) shutDown(stop func()) {
	closing := false
	for {
		if closing {
			select {
			case <-e.closed:
				return
			case <-e.quit:
			}
		}
		select {
		case <-e.check:
			closing = true
			go func() {
				stop()
				close(e.closed)
			}()
		case <-e.quit:
			close(e.closed)
			return
		}
	}
}
