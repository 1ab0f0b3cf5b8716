// Package pgx has what the tests need of github.com/jackc/pgx/v5.
package pgx

import (
	"context"
)

type Rows interface {
	Close()
	Err() error
	Next() bool
	Scan(dest ...any) error
}

type Row interface{ Scan(dest ...any) error }

type Tx interface {
	Begin(ctx context.Context) (Tx, error)
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
}

type Conn struct{ n int }

func Connect(ctx context.Context, text string) (*Conn, error) { return &Conn{}, nil }

func (c *Conn) Close(ctx context.Context) error                                  { return nil }
func (c *Conn) Begin(ctx context.Context) (Tx, error)                            { return nil, nil }
func (c *Conn) Query(ctx context.Context, sql string, args ...any) (Rows, error) { return nil, nil }

func (c *Conn) QueryRow(ctx context.Context, sql string, args ...any) Row {
	rows, _ := c.Query(ctx, sql, args...)
	return connRow{rows}
}

type connRow struct{ rows Rows }

func (r connRow) Scan(dest ...any) error {
	defer r.rows.Close()
	if !r.rows.Next() {
		return r.rows.Err()
	}
	return r.rows.Scan(dest...)
}

type CollectableRow interface{ Scan(dest ...any) error }

func CollectRows[T any](rows Rows, fn func(row CollectableRow) (T, error)) ([]T, error) {
	defer rows.Close()
	return nil, rows.Err()
}
