package clobbered

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
)

func save(name string, r io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = f.Close() }() // want "^warning: this overwrites the error that `err` may hold, such as that of line 18; .*\[result-clobbered\]$"
	_, err = io.Copy(f, r)             // note "what is set here is lost"
	return err
}

func second(name string, r io.Reader) (n int64, err error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer func() {
		if cerr := f.Close(); cerr != nil {
			err = cerr // want "this overwrites the error"
		}
	}()
	return io.Copy(f, r)
}

func rollback(ctx context.Context, db *sql.DB) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = tx.Rollback() // want "this overwrites the error"
			return
		}
		err = tx.Commit()
	}()
	_, err = tx.ExecContext(ctx, "x")
	return err
}

func always(f func() error) (err error) {
	defer func() {
		err = nil // want "this overwrites the error"
	}()
	return f()
}

func closeInto(c io.Closer, err *error) { *err = c.Close() }

func byHelper(name string, use func(io.Reader) error) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer closeInto(f, &err) // want "this overwrites the error"
	return use(f)
}

func byHelperInLiteral(name string, use func(io.Reader) error) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		closeInto(f, &err) // want "this overwrites the error"
	}()
	return use(f)
}

// Two deferred functions: the later one overwrites what the earlier one found.
func both(a, b io.Closer) (err error) {
	defer func() { err = a.Close() }() // want "this overwrites the error"
	defer func() { err = b.Close() }()
	return nil
}

func size(r io.Reader) (n int64, err error) {
	defer func() {
		n = 0 // want "this overwrites what `n` holds"
	}()
	n, err = io.Copy(io.Discard, r)
	return n, err
}

type store struct{ f *os.File }

func (s *store) Close() (err error) {
	defer func() {
		if e := s.f.Close(); e != nil {
			err = fmt.Errorf("close: %w", e) // want "this overwrites the error"
		}
	}()
	return s.flush()
}

func (s *store) flush() error { return s.f.Sync() }

// The body of a range over a function returns for the function around.
func first(seq func(yield func(string) bool), open func(string) (io.Closer, error)) (err error) {
	for name := range seq {
		c, err2 := open(name)
		if err2 != nil {
			return err2
		}
		defer func() { err = c.Close() }() // want "this overwrites the error"
	}
	return errors.New("none")
}
