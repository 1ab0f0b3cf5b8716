package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"os"
)

var errEmpty = errors.New("store: empty")

// A sentinel is returned while err is nil.
func insert(ctx context.Context, db *sql.DB, names []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil { // want "^warning: this `err` is not what the function returns: the return at line 26 does not go through it, .*\[error-shadowed\]$"
			_ = tx.Rollback()
		}
	}()
	if len(names) == 0 {
		return errEmpty // note "returns another error than `err`"
	}
	_, err = tx.ExecContext(ctx, "insert")
	if err != nil {
		return err
	}
	err = tx.Commit()
	return err
}

// The inner err hides the outer one, and is wrapped.
func update(ctx context.Context, db *sql.DB, ids []int) (int, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err == nil { // want "return at line 51"
			err = tx.Commit()
		} else {
			_ = tx.Rollback()
		}
	}()
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, "update", id); err != nil {
			return 0, fmt.Errorf("update %d: %w", id, err)
		}
	}
	return len(ids), nil
}

// A result with a name, but the deferred function captured an inner err.
func nested(ctx context.Context, db *sql.DB, dry bool) (err error) {
	if !dry {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() {
			if err != nil { // want "return at line 69"
				_ = tx.Rollback()
			}
		}()
		return tx.Commit()
	}
	return nil
}

type span struct{ status string }

func (s *span) end()                  {}
func (s *span) recordError(err error) { s.status = err.Error() }

func startSpan(ctx context.Context, name string) (context.Context, *span) {
	return ctx, &span{name}
}

// The status of a span.
func fetch(ctx context.Context, get func(context.Context) ([]byte, error)) ([]byte, error) {
	var err error
	ctx, sp := startSpan(ctx, "fetch")
	defer func() {
		if err != nil { // want "line 93"
			sp.recordError(err)
		}
		sp.end()
	}()
	return get(ctx)
}

type counter struct{ ok, failed int }

func (c *counter) done(err error) {
	if err != nil {
		c.failed++
		return
	}
	c.ok++
}

// Metrics, and a check of the context that does not go through err.
func (c *counter) measure(ctx context.Context, f func() error) error {
	var err error
	defer func() { c.done(err) }() // want "line 111"
	if ctx.Err() != nil {
		return ctx.Err()
	}
	err = f()
	return err
}

// By its address.
func (c *counter) finish(err *error) {
	if *err != nil {
		c.failed++
	}
}

func (c *counter) byAddress(f func() error) error {
	var err error
	defer c.finish(&err) // want "line 127"
	return f()
}

func (c *counter) byAddressNamed(f func() error) (err error) {
	defer c.finish(&err)
	return f()
}

// A temporary file that stays.
func writeTemp(data []byte) (string, error) {
	f, err := os.CreateTemp("", "x")
	if err != nil {
		return "", err
	}
	defer func() {
		f.Close()
		if err != nil { // want "line 148"
			os.Remove(f.Name())
		}
	}()
	if n, werr := f.Write(data); werr != nil || n < len(data) {
		return "", fmt.Errorf("short write: %v", werr)
	}
	return f.Name(), nil
}

// A closure that is deferred by its name.
func byName(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	cleanup := func() {
		if err != nil { // want "line 165"
			_ = tx.Rollback()
		}
	}
	defer cleanup()
	return tx.Commit()
}

// In a function literal.
func inLiteral(ctx context.Context, db *sql.DB) func() error {
	return func() error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer func() {
			if err != nil { // want "line 180"
				_ = tx.Rollback()
			}
		}()
		return tx.Commit()
	}
}

// A loop over a function: its body returns for the function around.
func over(seq func(yield func(string) bool), open func(string) error) error {
	var err error
	defer func() {
		if err != nil { // want "line 194"
			log.Print(err)
		}
	}()
	for name := range seq {
		if err := open(name); err != nil {
			return err
		}
	}
	return nil
}

// A variable that never holds anything.
func never(work func() error) error {
	var retErr error
	defer func() {
		if retErr != nil { // want "this `retErr` is not what"
			log.Print(retErr)
		}
	}()
	return work()
}
