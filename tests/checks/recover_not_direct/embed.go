// Package embed reaches methods through embedded types and interfaces.
package embed

import (
	"fmt"
	"io"
	"log"
	"os"
	"sync"
)

type recoverer struct{ name string }

func (r recoverer) Recover() {
	if v := recover(); v != nil {
		log.Printf("%s: %v", r.name, v)
	}
}

type Service struct {
	recoverer
	sync.Mutex
	state int
}

// Promoted is direct.
func (s *Service) Promoted(f func()) {
	defer s.Recover()
	f()
}

type Rescuer interface{ Recover() }

// ByInterface is direct, too.
func ByInterface(r Rescuer, f func()) {
	defer r.Recover()
	f()
}

// ByValue binds the method first.
func (s *Service) ByValue(f func()) {
	rescue := s.recoverer.Recover
	defer rescue()
	f()
}

// Wrapped calls it from a literal.
func (s *Service) Wrapped(f func()) {
	defer func() {
		s.Recover() // want "^error: "
	}()
	f()
}

// Locks embedded: Lock where Unlock was meant.
func (s *Service) Set(n int) {
	s.Lock()
	defer s.Lock()
	s.state = n
}

func (s *Service) Get() int {
	s.Lock()
	defer s.Unlock()
	return s.state
}

type locker struct{ sync.Locker }

// With works on an interface of the standard library.
func (l locker) With(f func()) {
	l.Locker.Lock()
	defer l.Locker.Lock()
	f()
}

type counter struct {
	io.Writer
	n int
}

func (c counter) Summary() { fmt.Println(c.n, "bytes") }

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.n += n
	return n, err
}

// Print prints how much it wrote, with a copy of the counter.
func Print(lines []string) error {
	c := counter{Writer: os.Stdout}
	defer c.Summary()
	for _, l := range lines {
		if _, err := fmt.Fprintln(&c, l); err != nil {
			return err
		}
	}
	return nil
}

// PrintPointer goes by the pointer, whose value method is copied, too: at the statement.
func PrintPointer(lines []string) error {
	c := &counter{Writer: os.Stdout}
	defer c.Summary()
	for _, l := range lines {
		if _, err := fmt.Fprintln(c, l); err != nil {
			return err
		}
	}
	return nil
}

// PrintLate defers a literal.
func PrintLate(lines []string) error {
	c := counter{Writer: os.Stdout}
	defer func() { c.Summary() }()
	for _, l := range lines {
		if _, err := fmt.Fprintln(&c, l); err != nil {
			return err
		}
	}
	return nil
}

type nilOK struct{ f *os.File }

func (n *nilOK) Close() error {
	if n == nil || n.f == nil {
		return nil
	}
	return n.f.Close()
}

func openNilOK(path string) (*nilOK, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &nilOK{f}, nil
}

// Tolerant defers before the check what bears nil.
func Tolerant(path string) error {
	n, err := openNilOK(path)
	defer n.Close()
	if err != nil {
		return err
	}
	_, err = io.Copy(os.Stdout, n.f)
	return err
}
