package p

import "sync"

type session struct {
	mu      sync.Mutex
	version int
	token   string
}

// It locks only where it has no token.
func (s *session) rpc() string {
	if s.token == "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.token = "new"
	}
	return s.token
}

func (s *session) renew() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = "old"
	s.rpc()
}

func (s *session) size() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.token)
}

func (s *session) isEmpty() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size() == 0 // want "locks `s.mu`"
}

// defer-lock says it.
func (s *session) twice() {
	s.mu.Lock()
	defer s.mu.Lock()
	s.version++
}
