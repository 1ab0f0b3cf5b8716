package sql

import (
	"context"
	"database/sql/driver"
	"internal/runtype"
	"sync"
)

// Every way to make or close a handle goes through one of the functions here,
// which tell an observer of the run; std_NAME is what NAME of the standard
// library is.

type handle struct {
	id         uint64
	kind, name string
}

var (
	handlesMu sync.Mutex
	// Those that are open, by pointer.
	handles = map[any]handle{}
)

func opened(h any, kind, name string) {
	handlesMu.Lock()
	handles[h] = handle{runtype.Opened(kind, name), kind, name}
	handlesMu.Unlock()
}

// closed may be told more than once.
func closed(h any) {
	handlesMu.Lock()
	if it, ok := handles[h]; ok {
		delete(handles, h)
		runtype.Closed(it.id, it.kind, it.name)
	}
	handlesMu.Unlock()
}

func OpenDB(c driver.Connector) *DB {
	db := std_OpenDB(c)
	name := ""
	if c, ok := c.(dsnConnector); ok {
		name = c.dsn
	}
	opened(db, "sql.DB", name)
	return db
}

func Open(driverName, dataSourceName string) (*DB, error) {
	db, err := std_Open(driverName, dataSourceName)
	if err != nil && hasStandIn(driverName) {
		return OpenDB(dsnConnector{dataSourceName, standIn{}}), nil
	}
	return db, err
}

func (db *DB) Close() error {
	err := db.std_Close()
	closed(db)
	return err
}

func (db *DB) Conn(ctx context.Context) (*Conn, error) {
	c, err := db.std_Conn(ctx)
	if err == nil {
		opened(c, "sql.Conn", "")
	}
	return c, err
}

func (c *Conn) close(err error) error {
	err = c.std_close(err)
	closed(c)
	return err
}

func (db *DB) beginDC(ctx context.Context, dc *driverConn, release func(error), opts *TxOptions) (*Tx, error) {
	tx, err := db.std_beginDC(ctx, dc, release, opts)
	if err == nil {
		opened(tx, "sql.Tx", "")
		// Its context may have ended it at once.
		if tx.isDone() {
			closed(tx)
		}
	}
	return tx, err
}

// By Commit, Rollback, or the end of the context.
func (tx *Tx) close(err error) {
	tx.std_close(err)
	closed(tx)
}

func (db *DB) prepareDC(ctx context.Context, dc *driverConn, release func(error), cg stmtConnGrabber, query string) (*Stmt, error) {
	s, err := db.std_prepareDC(ctx, dc, release, cg, query)
	if err == nil {
		opened(s, "sql.Stmt", query)
	}
	return s, err
}

func (tx *Tx) StmtContext(ctx context.Context, stmt *Stmt) *Stmt {
	s := tx.std_StmtContext(ctx, stmt)
	if s.stickyErr == nil {
		opened(s, "sql.Stmt", s.query)
	}
	return s
}

func (s *Stmt) Close() error {
	err := s.std_Close()
	closed(s)
	return err
}

func (db *DB) queryDC(ctx, txctx context.Context, dc *driverConn, releaseConn func(error), query string, args []any) (*Rows, error) {
	rows, err := db.std_queryDC(ctx, txctx, dc, releaseConn, query, args)
	if err == nil {
		openedRows(rows, query)
	}
	return rows, err
}

func (s *Stmt) QueryContext(ctx context.Context, args ...any) (*Rows, error) {
	rows, err := s.std_QueryContext(ctx, args...)
	if err == nil {
		openedRows(rows, s.query)
	}
	return rows, err
}

func openedRows(rows *Rows, query string) {
	opened(rows, "sql.Rows", query)
	rows.closemu.RLock()
	defer rows.closemu.RUnlock()
	if rows.closed {
		closed(rows)
	}
}

// By Close, the last Next, or the end of the context.
func (rs *Rows) close(err error) error {
	err = rs.std_close(err)
	closed(rs)
	return err
}
