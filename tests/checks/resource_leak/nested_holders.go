package p

import (
	"errors"
	"io"
	"os"
)

// What is acquired lies two structs deep, and in a list.

type journal struct{ w *os.File }

func (j *journal) Close() error { return j.w.Close() }

type gate struct {
	j *journal
	n int
}

func (g *gate) Close() error { return g.j.Close() }

func newGate(name string) (*gate, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &gate{j: &journal{w: f}}, nil
}

func gateAt(name string, n int) (*gate, error) {
	g, err := newGate(name) // want "`g` may be still open"
	if err != nil {
		return nil, err
	}
	if g.n != n {
		return nil, errors.New("another state")
	}
	return g, nil
}

func gateChecked(name string, n int) (*gate, error) {
	g, err := newGate(name)
	if err != nil {
		return nil, err
	}
	if g.n != n {
		return nil, errors.Join(errors.New("another state"), g.Close())
	}
	return g, nil
}

// The journal is kept by others.
var journals []*journal

func sharedGate(name string) (*gate, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	j := &journal{w: f}
	journals = append(journals, j)
	return &gate{j: j}, nil
}

func useShared(name string) error {
	g, err := sharedGate(name)
	if err != nil {
		return err
	}
	if g.n > 0 {
		return errors.New("used")
	}
	return g.Close()
}

// Its Close leaves the journal alone.
type counter struct {
	j *journal
	n int
}

func (c *counter) Close() error {
	c.n = 0
	return nil
}

func newCounter(name string) (*counter, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &counter{j: &journal{w: f}}, nil
}

func useCounter(name string) error {
	c, err := newCounter(name)
	if err != nil {
		return err
	}
	if c.n > 0 {
		return errors.New("used")
	}
	return c.Close()
}

type session struct {
	*gate
	out io.Writer
}

func openSession(name string) (*session, error) {
	g, err := gateChecked(name, 0)
	if err != nil {
		return nil, err
	}
	return &session{g, os.Stdout}, nil
}

func useSession(name string) error {
	s, err := openSession(name) // want "`s` may be still open"
	if err != nil {
		return err
	}
	if _, err := io.WriteString(s.out, name); err != nil {
		return err
	}
	return s.Close()
}

type entry struct {
	io.Reader
	all []io.Closer
}

func (e *entry) Close() (err error) {
	for _, c := range e.all {
		err = errors.Join(err, c.Close())
	}
	return err
}

func openEntry(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &entry{f, []io.Closer{f}}, nil
}

func readEntry(name string) ([]byte, error) {
	e, err := openEntry(name) // want "`e` may be still open"
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(e)
	if err != nil {
		return nil, err
	}
	return b, e.Close()
}

func readClosed(name string) ([]byte, error) {
	e, err := openEntry(name)
	if err != nil {
		return nil, err
	}
	defer e.Close()
	return io.ReadAll(e)
}

// A list that Close does not go through.
type names struct {
	all []io.Closer
	n   int
}

func (l *names) Close() error { return nil }

func openNames(name string) (*names, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &names{all: []io.Closer{f}}, nil
}

func useNames(name string) (int, error) {
	l, err := openNames(name)
	if err != nil {
		return 0, err
	}
	if l.n == 0 {
		return 0, io.EOF
	}
	return l.n, l.Close()
}
