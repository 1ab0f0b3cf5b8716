// Package sqlx has what the tests need of github.com/jmoiron/sqlx.
package sqlx

import (
	"database/sql"
)

type DB struct{ *sql.DB }
type Rows struct{ *sql.Rows }
type Tx struct{ *sql.Tx }
type Stmt struct{ *sql.Stmt }

func (db *DB) Queryx(query string, args ...any) (*Rows, error) { return nil, nil }
func (db *DB) Beginx() (*Tx, error)                            { return nil, nil }
func (db *DB) Preparex(query string) (*Stmt, error)            { return nil, nil }
func (tx *Tx) Preparex(query string) (*Stmt, error)            { return nil, nil }
func (r *Rows) StructScan(dest any) error                      { return nil }

func StructScan(rows *sql.Rows, dest any) error { return nil }
