// Package pgxpool has what the tests need of github.com/jackc/pgx/v5/pgxpool.
package pgxpool

import (
	"context"
	"github.com/jackc/pgx/v5"
)

type Pool struct{ n int }
type Conn struct{ n int }

func New(ctx context.Context, text string) (*Pool, error) { return &Pool{}, nil }

func (p *Pool) Close()                                                               {}
func (p *Pool) Acquire(ctx context.Context) (*Conn, error)                           { return &Conn{}, nil }
func (p *Pool) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) { return nil, nil }
func (p *Pool) Begin(ctx context.Context) (pgx.Tx, error)                            { return nil, nil }
func (c *Conn) Release()                                                             {}
func (c *Conn) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) { return nil, nil }
