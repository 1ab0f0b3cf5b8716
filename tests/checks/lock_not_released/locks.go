package p

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

type store struct {
	mu     sync.RWMutex
	io     sync.Mutex
	log    sync.Mutex
	rows   map[string]int
	closed bool
	safe   bool
	isHeld bool
	next   *store
}

var errClosed = errors.New("closed")

func (s *store) take(key string) (int, error) {
	s.mu.Lock() // want "`s.mu` may still be locked when `.*take` returns at line 29"
	n, ok := s.rows[key]
	if !ok {
		return 0, errors.New("no such row")
	}
	delete(s.rows, key)
	s.mu.Unlock()
	return n, nil
}

func (s *store) put(key string, n int) {
	s.log.Lock() // want "still be locked when"
	s.rows[key] = n
}

func (s *store) inSwitch(kind string) error {
	s.mu.RLock() // want "still be locked when .* returns at line 48"
	switch kind {
	case "a":
		s.mu.RUnlock()
		return nil
	case "b":
		return fmt.Errorf("bad kind %q", kind)
	}
	s.mu.RUnlock()
	return nil
}

func (s *store) fromLoop(keys []string) bool {
	s.io.Lock() // want "still be locked when"
	for _, key := range keys {
		if s.rows[key] > 0 {
			return true
		}
	}
	s.io.Unlock()
	return false
}

func (s *store) tryOnly(d time.Duration) bool {
	if !s.io.TryLock() { // want "still be locked when"
		return false
	}
	if s.closed {
		return false
	}
	time.Sleep(d)
	s.io.Unlock()
	return true
}

func (s *store) beginUpdate() (*store, error) {
	s.mu.Lock() // want "still be locked when .* returns at line 80"
	if s.closed {
		return nil, errClosed
	}
	return s, nil
}

func (s *store) endUpdate() {
	s.mu.Unlock()
}

func eachShard(shards []*store) int {
	n := 0
	for _, sh := range shards {
		sh.mu.Lock() // want "when the loop goes on"
		if sh.closed {
			continue
		}
		n += len(sh.rows)
		sh.mu.Unlock()
	}
	return n
}

var global sync.Mutex

func withGlobal(ctx context.Context, ch chan int) (int, error) {
	global.Lock() // want "still be locked when"
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case n := <-ch:
		global.Unlock()
		return n, nil
	}
}

func inGoroutine(s *store, done chan error) {
	go func() {
		s.mu.Lock() // want "still be locked when the function literal returns"
		if s.closed {
			done <- errClosed
			return
		}
		s.mu.Unlock()
		done <- nil
	}()
}

func (s *store) helped() error {
	s.acquire() // want "still be locked when"
	if s.closed {
		return errClosed
	}
	s.mu.Unlock()
	return nil
}

func (s *store) acquire() { s.mu.Lock() }

// Look-alikes.

func (s *store) deferred(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0
	}
	return s.rows[key]
}

func (s *store) deferredLiteral(key string) (n int, err error) {
	s.mu.Lock()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		s.mu.Unlock()
	}()
	if s.closed {
		return 0, errClosed
	}
	return s.rows[key], nil
}

func (s *store) conditional(key string, locked bool) int {
	if !locked {
		s.mu.Lock()
	}
	n := s.rows[key]
	if !locked {
		s.mu.Unlock()
	}
	return n
}

func (s *store) byField(key string) int {
	if s.safe {
		s.mu.Lock()
	}
	n := s.rows[key]
	if s.safe {
		s.mu.Unlock()
	}
	return n
}

func (s *store) conditionalDefer(safe bool) int {
	if safe {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return len(s.rows)
}

func (s *store) allBranches(key string) (int, error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return 0, errClosed
	}
	n, ok := s.rows[key]
	if !ok {
		s.mu.Unlock()
		return 0, errors.New("no row")
	}
	s.mu.Unlock()
	return n, nil
}

func (s *store) lockAll() {
	s.mu.Lock()
	s.io.Lock()
}

func (s *store) unlockAll() {
	s.io.Unlock()
	s.mu.Unlock()
}

func (s *store) exclusive() func() {
	s.mu.Lock()
	return s.mu.Unlock
}

func (s *store) guard() (release func()) {
	s.mu.Lock()
	return func() {
		s.closed = false
		s.mu.Unlock()
	}
}

func (s *store) useGuard() {
	defer s.guard()()
	s.rows = nil
}

func (s *store) handOver() {
	s.mu.Lock()
	go func() {
		defer s.mu.Unlock()
		time.Sleep(time.Second)
	}()
}

func (s *store) ends() {
	s.mu.Lock()
	if s.closed {
		os.Exit(1)
	}
	s.mu.Unlock()
}

func (s *store) unlockLater(cleanups *[]func()) {
	s.mu.Lock()
	*cleanups = append(*cleanups, s.mu.Unlock)
}

func (s *store) walk() {
	cur := s
	cur.mu.Lock()
	for cur.next != nil {
		next := cur.next
		next.mu.Lock()
		cur.mu.Unlock()
		cur = next
	}
	cur.mu.Unlock()
}

func lockEach(shards []*store) {
	for _, sh := range shards {
		sh.mu.Lock()
	}
	defer func() {
		for _, sh := range shards {
			sh.mu.Unlock()
		}
	}()
	for _, sh := range shards {
		sh.rows = nil
	}
}

func (s *store) wait(c *sync.Cond) {
	c.L.Lock()
	for !s.closed {
		c.Wait()
	}
	c.L.Unlock()
}

func (s *store) relock(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.rows {
		if n > 3 {
			s.mu.Unlock()
			f()
			s.mu.Lock()
		}
	}
}

func (s *store) release(f func()) {
	s.mu.Unlock()
	defer s.mu.Lock()
	f()
}

func (s *store) try() bool {
	if s.io.TryLock() {
		defer s.io.Unlock()
		s.rows = nil
		return true
	}
	return false
}

func local(n int) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	sum := 0
	for i := range n {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			sum += i
		})
	}
	wg.Wait()
	return sum
}

func viaVariables(s *store) {
	lock := func() { s.io.Lock() }
	unlock := func() { s.io.Unlock() }
	lock()
	s.rows = nil
	unlock()
}

func (s *store) unlockFunc(ok bool) error {
	s.mu.RLock()
	unlock := s.mu.RUnlock
	defer func() {
		unlock()
	}()
	if !ok {
		return errClosed
	}
	unlock()
	s.mu.Lock()
	unlock = s.mu.Unlock
	return nil
}

func (s *store) scan(held bool) error {
	s.mu.RLock()
	if held {
		s.isHeld = true
	} else {
		s.mu.RUnlock()
	}
	return nil
}

func (s *store) flagged(keys []string) error {
	locked := false
	for _, key := range keys {
		if s.rows[key] > 0 {
			s.mu.Lock()
			locked = true
			break
		}
	}
	if locked {
		s.mu.Unlock()
	}
	return nil
}
