package p

import (
	"bufio"
	"net"
	"os"
	"sync"
)

type store struct {
	mu    sync.Mutex
	f     *os.File
	r     *bufio.Reader
	conns map[string]net.Conn
}

var current *os.File

func (s *store) open(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "`f` is kept in what lives on"
	s.f = f
	return nil
}

func (s *store) openThenDefer(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s.f = f
	defer f.Close() // want "`f` is kept in what lives on"
	return nil
}

func global(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "`f` is kept in what lives on"
	current = f
	return nil
}

func (s *store) connect(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close() // want "`c` is kept in a map"
	s.conns[addr] = c
	return nil
}

// Look-alikes.

func (s *store) serve(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	s.conns[addr] = c
	defer delete(s.conns, addr)
	return s.loop(c)
}

func (s *store) loop(c net.Conn) error {
	_, err := c.Read(make([]byte, 1))
	return err
}

func (s *store) whileItRuns(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	s.f = f
	return s.parse()
}

func (s *store) parse() error {
	_, err := s.f.Stat()
	return err
}

func (s *store) taken(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	s.f = f
	defer func() { s.f = nil }()
	return nil
}
