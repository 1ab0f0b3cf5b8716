package p

import (
	"bufio"
	"errors"
	"io"
	"os"
)

// What closes it is held as a function.
type byFunction struct {
	*bufio.Scanner
	close func() error
}

func (b *byFunction) Close() error { return b.close() }

func openByFunction(name string) (*byFunction, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &byFunction{bufio.NewScanner(f), f.Close}, nil
}

func openByLiteral(name string) (io.Closer, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	b := &byFunction{Scanner: bufio.NewScanner(f)}
	b.close = func() error { return f.Close() }
	return b, nil
}

func firstLine(name string) (string, error) {
	b, err := openByFunction(name) // want "`b` may be still open when `firstLine` returns"
	if err != nil {
		return "", err
	}
	if !b.Scan() {
		return "", errors.Join(io.EOF, b.Err())
	}
	return b.Text(), nil
}

func firstLineClosed(name string) (string, error) {
	b, err := openByFunction(name)
	if err != nil {
		return "", err
	}
	defer b.Close()
	if !b.Scan() {
		return "", errors.Join(io.EOF, b.Err())
	}
	return b.Text(), nil
}

func openedForNothing(name string) error {
	_, err := openByLiteral(name) // want "may be still open"
	return err
}

// A list of functions that close what was opened.
type many struct {
	names []string
	undo  []func() error
}

func (m *many) Close() (err error) {
	for i := len(m.undo) - 1; i >= 0; i-- {
		err = errors.Join(err, m.undo[i]())
	}
	return err
}

func openMany(name string) (*many, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	m := &many{names: []string{name}}
	m.undo = append(m.undo, f.Close)
	return m, nil
}

func countMany(name string) (int, error) {
	m, err := openMany(name) // want "`m` may be still open when `countMany` returns"
	if err != nil {
		return 0, err
	}
	return len(m.names), nil
}

func countManyClosed(name string) (n int, err error) {
	m, err := openMany(name)
	if err != nil {
		return 0, err
	}
	n = len(m.names)
	return n, m.Close()
}

// Nothing of its own calls the function: whoever has it does what it wants.
type told struct{ end func() error }

func tell(name string) (*told, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &told{f.Close}, nil
}

func toldOnce(name string) error {
	_, err := tell(name)
	return err
}
