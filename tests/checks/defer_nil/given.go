// What is given says whether a result is nil.
package p

import (
	"io"
	"sync"
)

type store struct {
	mu   sync.Mutex
	file io.Closer
}

func (s *store) lock(wanted bool) func() {
	if !wanted {
		return nil
	}
	s.mu.Lock()
	return s.mu.Unlock
}

func (s *store) read(f func()) {
	defer s.lock(true)()
	f()
}

func (s *store) peek(f func()) {
	defer s.lock(false)() // want "may be nil here"
	f()
}

func (s *store) maybe(wanted bool, f func()) {
	defer s.lock(wanted)() // want "may be nil here"
	f()
}

func (s *store) closer(kind string) io.Closer {
	if kind == "none" {
		return nil
	}
	return s.file
}

func (s *store) file1() {
	c := s.closer("file")
	defer c.Close()
}

func (s *store) none() {
	c := s.closer("none")
	defer c.Close() // want "may be nil here: this statement panics"
}

func (s *store) asked() {
	if c := s.closer("none"); c != nil {
		defer c.Close()
	}
}
