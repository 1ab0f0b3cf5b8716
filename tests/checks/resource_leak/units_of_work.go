package p

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"os"
)

// unit is a transaction with what is to be done when it is over.
type unit struct {
	tx    *sql.Tx
	after []func()
}

func begin(ctx context.Context, db *sql.DB) (*unit, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	return &unit{tx: tx}, nil
}

func (u *unit) Commit() error {
	if err := u.tx.Commit(); err != nil {
		return err
	}
	for _, f := range u.after {
		f()
	}
	return nil
}

func (u *unit) Rollback() error { return u.tx.Rollback() }

func cancelOrder(ctx context.Context, db *sql.DB, order int64) error {
	u, err := begin(ctx, db) // want "`u` may be neither committed nor rolled back when `cancelOrder` returns at line 50"
	if err != nil {
		return err
	}
	res, err := u.tx.ExecContext(ctx, "delete from orders where id = ?", order)
	if err != nil {
		return errors.Join(err, u.Rollback())
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.New("no such order")
	}
	return u.Commit()
}

// bundle is a packed archive: several writers, each over the next.
type bundle struct {
	tw *tar.Writer
	zw *gzip.Writer
	f  *os.File
}

func newBundle(name string) (*bundle, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	zw := gzip.NewWriter(f)
	tw := tar.NewWriter(zw)
	return &bundle{tw, zw, f}, nil
}

func (b *bundle) add(name string, data []byte) error {
	if err := b.tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(data))}); err != nil {
		return err
	}
	_, err := b.tw.Write(data)
	return err
}

func (b *bundle) Close() error {
	var errs []error
	for _, c := range []io.Closer{b.tw, b.zw, b.f} {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

func export(name string, files map[string][]byte) error {
	b, err := newBundle(name) // want "`b` may be still open when `export` returns"
	if err != nil {
		return err
	}
	for n, data := range files {
		if err := b.add(n, data); err != nil {
			return err
		}
	}
	return b.Close()
}

func exportRight(name string, files map[string][]byte) (err error) {
	b, err := newBundle(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	for n, data := range files {
		if err := b.add(n, data); err != nil {
			return err
		}
	}
	return nil
}

// A response to HEAD has no body.
func isThere(url string) (bool, error) {
	res, err := http.Head(url)
	if err != nil {
		return false, err
	}
	return res.StatusCode == http.StatusOK, nil
}
