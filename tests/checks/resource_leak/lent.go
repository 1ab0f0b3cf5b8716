package p

import (
	"archive/zip"
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
)

type adder interface {
	Add(name string, r io.Reader) error
	Take(name string, r io.ReadCloser) error
}

// The loop goes on to close it: `Add` only reads from it.
func mergeLeaky(w adder, zr *zip.Reader) error {
	for _, f := range zr.File {
		r, err := f.Open() // want "`r` may be still open when `mergeLeaky` returns at line 25"
		if err != nil {
			return err
		}
		if err := w.Add(f.Name, r); err != nil {
			return err
		}
		if err := r.Close(); err != nil {
			return err
		}
	}
	return nil
}

func takeLeaky(w adder, name string) error {
	r, err := os.Open(name) // want "`r` may be still open when `takeLeaky` returns"
	if err != nil {
		return err
	}
	if err := w.Take(name, r); err != nil {
		return err
	}
	return r.Close()
}

func merge(w adder, zr *zip.Reader) error {
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		if err := errors.Join(w.Add(f.Name, r), r.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Nothing tells whose it is then.
func handOver(w adder, name string) error {
	r, err := os.Open(name)
	if err != nil {
		return err
	}
	return w.Take(name, r)
}

// What fails to take it leaves it here; where that works it is the other's.
func handOverUnlessRefused(w adder, name string) error {
	r, err := os.Open(name)
	if err != nil {
		return err
	}
	if err := w.Take(name, r); err != nil {
		r.Close()
		return err
	}
	return nil
}

func inTransactions[T any](ctx context.Context, db *sql.DB, vs []T, f func(*sql.Tx, T) error) error {
	for _, v := range vs {
		tx, err := db.BeginTx(ctx, nil) // want "`tx` may be neither committed nor rolled back when `inTransactions` returns"
		if err != nil {
			return err
		}
		if err := f(tx, v); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// Its callback ends it where it fails, and says so.
func inCallback(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	return f(tx)
}

func scanAll[T any](db *sql.DB, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := db.Query("select * from t") // want "`rows` may be still open"
	if err != nil {
		return nil, err
	}
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	rows.Close()
	return all, rows.Err()
}

// A range over a function: its body writes the file.
func writeAll(name string, lines func(func(string) bool)) error {
	f, err := os.Create(name) // want "`f` may be still open"
	if err != nil {
		return err
	}
	for s := range lines {
		if _, err := f.WriteString(s); err != nil {
			return err
		}
	}
	return f.Close()
}
