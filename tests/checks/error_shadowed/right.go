package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"os"
)

var errMissing = errors.New("store: missing")

// Named, with an inner err: return copies it into the result.
func named(ctx context.Context, db *sql.DB, ids []int) (n int, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
		}
	}()
	for _, id := range ids {
		if _, err := tx.ExecContext(ctx, "x", id); err != nil {
			return n, err
		}
		n++
	}
	return n, tx.Commit()
}

// Each return goes through err.
func through(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
		}
	}()
	if _, err = tx.ExecContext(ctx, "x"); err != nil {
		return fmt.Errorf("exec: %w", err)
	}
	if err = tx.Commit(); err != nil {
		return err
	}
	return nil
}

// What is returned is another error, but err is one too.
func translated(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
		}
	}()
	_, err = tx.ExecContext(ctx, "x")
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return errMissing
	case err != nil:
		return errors.New("exec failed")
	}
	err = tx.Commit()
	return err
}

// The sentinel goes through err.
func assigned(ctx context.Context, db *sql.DB, n int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
		}
	}()
	if n == 0 {
		err = errMissing
		return err
	}
	err = tx.Commit()
	return err
}

// The deferred function sets err before it looks at it.
func closes(name string, use func(*os.File) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		if err = f.Close(); err != nil {
			log.Print(err)
		}
	}()
	return use(f)
}

// It declares its own.
func own(name string, use func(*os.File) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		if err := f.Close(); err != nil {
			log.Print(err)
		}
	}()
	return use(f)
}

// An observation of the beginning that nothing changes.
func created(name string, write func(string) error) error {
	_, statErr := os.Stat(name)
	defer func() {
		if statErr != nil {
			log.Print("created ", name)
		}
	}()
	return write(name)
}

// No error is returned at all.
func handle(name string) int {
	f, err := os.Open(name)
	defer func() {
		if err == nil {
			f.Close()
		}
	}()
	if err != nil {
		return 1
	}
	return 0
}

// The returns with other errors come before the defer.
func before(ctx context.Context, db *sql.DB, n int) error {
	if n == 0 {
		return errMissing
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback()
		}
	}()
	err = tx.Commit()
	return err
}

// A flag says what happened.
func flagged(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			_ = tx.Rollback()
		}
	}()
	if err := tx.Commit(); err != nil {
		return err
	}
	done = true
	return nil
}

// The variable of the function around: that one goes on to read it.
func around(run func(func() error) error) (err error) {
	return run(func() error {
		defer func() {
			if err != nil {
				log.Print(err)
			}
		}()
		return errMissing
	})
}

func closeInto(f *os.File, err *error) {
	cerr := f.Close()
	if *err == nil {
		*err = cerr
	}
}

// It reads only to know whether to write, which is another mistake.
func closesByHelper(name string, use func(*os.File) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer closeInto(f, &err)
	return use(f)
}
