// Package flow moves errors about.
package flow

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

type Writer struct {
	mu   sync.Mutex
	w    io.WriteCloser
	n    int64
	last error
}

// Close gives the error of the unnamed result's variable, too late.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var err error
	defer func() {
		if cerr := w.w.Close(); cerr != nil {
			err = cerr // want "^warning: "
		}
	}()
	if w.last != nil {
		return w.last
	}
	return err
}

// CloseNamed has it.
func (w *Writer) CloseNamed() (err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer func() {
		if cerr := w.w.Close(); cerr != nil && err == nil {
			err = cerr
		}
	}()
	return w.last
}

// CloseField writes a field, which is seen.
func (w *Writer) CloseField() error {
	defer func() {
		if cerr := w.w.Close(); cerr != nil {
			w.last = cerr
		}
	}()
	return nil
}

// Shadow sets a new variable of the deferred literal.
func (w *Writer) Shadow(p []byte) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err := fmt.Errorf("write: %v", r) // want "^warning: "
			_ = err
		}
	}()
	return w.w.Write(p)
}

// Count wraps and counts; the count is written by a literal that runs later, for the log.
func (w *Writer) Count(p []byte) (int, error) {
	total := 0
	defer func() { w.n += int64(total) }()
	n, err := w.w.Write(p)
	total += n
	return n, err
}

// Reset drops the error whatever it was.
func (w *Writer) Reset(f func() error) (err error) {
	defer func() {
		w.n = 0
		err = nil
	}()
	return f()
}

// Ignore drops one kind only.
func (w *Writer) Ignore(f func() error) (err error) {
	defer func() {
		if errors.Is(err, io.EOF) {
			err = nil
		}
	}()
	return f()
}

// Wrap keeps it.
func (w *Writer) Wrap(f func() error) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("writer: %w", err)
		}
	}()
	return f()
}

// Replace takes any error as its own, on purpose.
func (w *Writer) Replace(f func() error) (err error) {
	defer func() {
		if err != nil {
			w.last = err
			err = errors.New("writer: failed")
		}
	}()
	return f()
}

// Second keeps the later of two.
func Second(a, b *os.File) (err error) {
	defer func() {
		if cerr := a.Close(); cerr != nil {
			err = cerr
		}
	}()
	_, err = io.Copy(a, b)
	return err
}

// Recovered sets the error in the branch of a panic.
func Recovered(f func() (int, error)) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = 0, fmt.Errorf("%v", r)
		}
	}()
	return f()
}

// Buffer's result is a copy; writing the pointee is seen, the length is not.
func Buffer(f func(*bytes.Buffer)) (*bytes.Buffer, int) {
	buf := &bytes.Buffer{}
	n := 0
	defer func() {
		buf.WriteString("\n")
		n = buf.Len() // want "^warning: "
	}()
	f(buf)
	return buf, n
}

// Two deferred literals: one writes what the other reads.
func Two(f func() error, log func(error)) error {
	var cerr error
	defer func() {
		if cerr != nil {
			log(cerr)
		}
	}()
	defer func() { cerr = f() }()
	return nil
}

type unit struct{ state int }

func (u *unit) commit() error { return nil }

// begin gives what ends the unit as the error says.
func begin(fail bool) (*unit, func(*error), error) {
	if fail {
		return nil, nil, errors.New("begin")
	}
	u := &unit{}
	return u, func(errp *error) {
		if *errp == nil {
			*errp = u.commit()
		}
	}, nil
}

func inUnit(work func(*unit) error) error {
	u, finish, err := begin(false)
	if err != nil {
		return err
	}
	defer finish(&err) // want "what the deferred call stores in `err` is lost"
	err = work(u)
	return err
}

func inUnitNamed(work func(*unit) error) (err error) {
	u, finish, err := begin(false)
	if err != nil {
		return err
	}
	defer finish(&err)
	return work(u)
}
