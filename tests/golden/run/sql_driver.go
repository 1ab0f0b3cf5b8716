// Package database/sql with a driver of the program.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
)

type drv struct{}
type conn struct{}
type tx struct{}
type stmt struct{}
type rows struct{ n int }

func (drv) Open(string) (driver.Conn, error)            { return conn{}, nil }
func (conn) Prepare(string) (driver.Stmt, error)        { return stmt{}, nil }
func (conn) Close() error                               { return nil }
func (conn) Begin() (driver.Tx, error)                  { return tx{}, nil }
func (tx) Commit() error                                { return nil }
func (tx) Rollback() error                              { return nil }
func (stmt) Close() error                               { return nil }
func (stmt) NumInput() int                              { return 0 }
func (stmt) Exec([]driver.Value) (driver.Result, error) { return driver.RowsAffected(1), nil }
func (stmt) Query([]driver.Value) (driver.Rows, error)  { return &rows{2}, nil }
func (*rows) Columns() []string                         { return []string{"n"} }
func (*rows) Close() error                              { return nil }
func (r *rows) Next(to []driver.Value) error {
	if r.n == 0 {
		return io.EOF
	}
	to[0] = int64(r.n)
	r.n--
	return nil
}

func read(db *sql.DB) (sum int, err error) {
	rs, err := db.Query("select n")
	if err != nil {
		return 0, err
	}
	defer rs.Close()
	for rs.Next() {
		var n int
		if err := rs.Scan(&n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, rs.Err()
}

func early(db *sql.DB) int {
	rs, _ := db.Query("select early")
	defer rs.Close()
	var n int
	rs.Next()
	rs.Scan(&n)
	return n
}

func book(db *sql.DB) error {
	t, err := db.Begin()
	if err != nil {
		return err
	}
	defer t.Rollback()
	s, err := t.Prepare("insert")
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Exec(); err != nil {
		return err
	}
	return t.Commit()
}

func main() {
	sql.Register("tiny", drv{})
	db, err := sql.Open("tiny", "name")
	if err != nil {
		panic(err)
	}
	defer db.Close()
	fmt.Println(read(db))
	fmt.Println(early(db))
	fmt.Println(book(db))
	c, _ := db.Conn(context.Background())
	var n int
	fmt.Println(c.QueryRowContext(context.Background(), "select one").Scan(&n), n)
	c.Close()
	s, _ := db.Prepare("select prepared")
	s.QueryRow().Scan(&n)
	s.Query()
	_, err = sql.Open("nosuch", "")
	fmt.Println(err)
	ctx, cancel := context.WithCancel(context.Background())
	db.BeginTx(ctx, nil)
	cancel()
}
