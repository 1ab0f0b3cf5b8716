// What a method of an interface returns may hold what it was called on.
package p

import (
	"errors"
	"io"
	"net"
)

type session interface{ Close() error }

type archiver interface {
	Archive(name string) (io.ReadCloser, error)
}

type lister interface {
	List() ([]string, error)
}

type stream struct{ conn net.Conn }

func (s *stream) Close() error { return s.conn.Close() }

type archive struct{ of *stream }

func (a *archive) Read(p []byte) (int, error) { return a.of.conn.Read(p) }
func (a *archive) Close() error               { return a.of.Close() }

func (s *stream) Archive(name string) (io.ReadCloser, error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	return &archive{s}, nil
}

func (s *stream) List() ([]string, error) { return nil, nil }

func connect(addr string) (session, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &stream{conn}, nil
}

func fetch(addr, name string) (io.ReadCloser, error) {
	s, err := connect(addr)
	if err != nil {
		return nil, err
	}
	a, ok := s.(archiver)
	if !ok {
		s.Close()
		return nil, errors.New("no archives")
	}
	return a.Archive(name)
}

func names(addr string) ([]string, error) {
	s, err := connect(addr) // want "`s` may be still open"
	if err != nil {
		return nil, err
	}
	l, ok := s.(lister)
	if !ok {
		s.Close()
		return nil, errors.New("no lists")
	}
	return l.List()
}
