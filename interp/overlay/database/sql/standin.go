package sql

import (
	"context"
	"database/sql/driver"
	"io"
)

// standIn is the driver of databases that cannot be reached: it takes every
// statement, each changes one row, and queries find none.
type standIn struct{}

// hasStandIn knows the names that drivers in wide use register.
func hasStandIn(name string) bool {
	switch name {
	case "mysql", "postgres", "pgx", "pq", "sqlite", "sqlite3", "sqlserver", "mssql",
		"oracle", "godror", "clickhouse", "snowflake", "duckdb", "firebirdsql", "spanner", "odbc":
		return true
	}
	return false
}

func (standIn) Open(string) (driver.Conn, error) { return standInConn{}, nil }

type standInConn struct{}

func (standInConn) Prepare(string) (driver.Stmt, error) { return standInStmt{}, nil }
func (standInConn) Close() error                        { return nil }
func (standInConn) Begin() (driver.Tx, error)           { return standInTx{}, nil }
func (standInConn) Ping(context.Context) error          { return nil }
func (standInConn) ResetSession(context.Context) error  { return nil }
func (standInConn) IsValid() bool                       { return true }
func (standInConn) BeginTx(context.Context, driver.TxOptions) (driver.Tx, error) {
	return standInTx{}, nil
}

// Named arguments are fine too.
func (standInConn) CheckNamedValue(v *driver.NamedValue) (err error) {
	v.Value, err = driver.DefaultParameterConverter.ConvertValue(v.Value)
	return err
}

type standInTx struct{}

func (standInTx) Commit() error   { return nil }
func (standInTx) Rollback() error { return nil }

type standInStmt struct{}

func (standInStmt) Close() error                               { return nil }
func (standInStmt) NumInput() int                              { return -1 }
func (standInStmt) Exec([]driver.Value) (driver.Result, error) { return driver.RowsAffected(1), nil }
func (standInStmt) Query([]driver.Value) (driver.Rows, error)  { return standInRows{}, nil }

type standInRows struct{}

func (standInRows) Columns() []string         { return nil }
func (standInRows) Close() error              { return nil }
func (standInRows) Next([]driver.Value) error { return io.EOF }
