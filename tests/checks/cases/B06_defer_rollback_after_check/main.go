package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
)

type drv struct{}
type conn struct{}
type tx struct{}

func (drv) Open(string) (driver.Conn, error)     { return conn{}, nil }
func (conn) Prepare(string) (driver.Stmt, error) { return nil, errors.New("no") }
func (conn) Close() error                        { return nil }
func (conn) Begin() (driver.Tx, error)           { return tx{}, nil }
func (tx) Commit() error                         { fmt.Println("driver commit"); return nil }
func (tx) Rollback() error                       { fmt.Println("driver rollback"); return nil }

func run(db *sql.DB, fail bool) (err error) {
	t, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		return err
	}
	defer func() { fmt.Println("rollback ->", t.Rollback()) }()
	if fail {
		return errors.New("exec failed")
	}
	return t.Commit()
}
func main() {
	sql.Register("stub", drv{})
	db, _ := sql.Open("stub", "") // want "warning: .*\[open-error-ignored\]" "info: .*\[resource-leak\]"
	fmt.Println(run(db, false))
	fmt.Println(run(db, true))
}
