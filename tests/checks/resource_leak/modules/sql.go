package app

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

func pgxRows(ctx context.Context, c *pgx.Conn, n int) ([]int, error) {
	rows, err := c.Query(ctx, "select 1") // want "`rows` may be still open when `pgxRows` returns at line 19: .*\(sql-rows\)"
	if err != nil {
		return nil, err
	}
	if n > 2 {
		return nil, nil
	}
	defer rows.Close()
	var all []int
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

// The rows are never nil, have the error of Query, and are closed when Next is
// false or Scan fails.
func pgxDropped(ctx context.Context, c *pgx.Conn) (all []int, err error) {
	rows, _ := c.Query(ctx, "select 1") // want "info: .*may be still open when a panic leaves"
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

func pgxLeft(ctx context.Context, c *pgx.Conn) (n int, err error) {
	rows, _ := c.Query(ctx, "select 1") // want "`rows` may be still open when `pgxLeft` returns"
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
		if n > 0 {
			return n, nil
		}
	}
	return n, rows.Err()
}

// Scan closes the one row.
func pgxOne(ctx context.Context, c *pgx.Conn) (n int, err error) {
	err = c.QueryRow(ctx, "select 1").Scan(&n)
	if err != nil {
		return 0, err
	}
	return n, nil
}

// CollectRows closes them.
func pgxCollect(ctx context.Context, p *pgxpool.Pool) ([]int, error) {
	rows, err := p.Query(ctx, "select 1")
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (int, error) {
		var n int
		return n, row.Scan(&n)
	})
}

func pgxAcquire(ctx context.Context, p *pgxpool.Pool) error {
	c, err := p.Acquire(ctx) // want "`c` may be still open when `pgxAcquire` returns .*\(sql-conn\)"
	if err != nil {
		return err
	}
	rows, err := c.Query(ctx, "select 1")
	if err != nil {
		return err
	}
	rows.Close()
	c.Release()
	return rows.Err()
}

func pgxTx(ctx context.Context, p *pgxpool.Pool) error {
	tx, err := p.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	rows, err := tx.Query(ctx, "select 1") // want "what `tx.Query` returns|`rows` may be still open"
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := rows.Scan(nil); err != nil {
			return err
		}
	}
	rows.Close()
	return tx.Commit(ctx)
}

func pgxTxLeft(ctx context.Context, c *pgx.Conn, ok bool) error {
	tx, err := c.Begin(ctx) // want "`tx` may be neither committed nor rolled back when `pgxTxLeft` returns"
	if err != nil {
		return err
	}
	if !ok {
		return nil
	}
	return tx.Commit(ctx)
}

func sqlxRows(db *sqlx.DB, into any) error {
	rows, err := db.Queryx("select 1") // want "`rows` may be still open"
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := rows.StructScan(into); err != nil {
			return err
		}
	}
	return rows.Close()
}

func sqlxScan(db *sqlx.DB, into any) error {
	rows, err := db.Query("select 1") // want "`rows` may be still open"
	if err != nil {
		return err
	}
	return sqlx.StructScan(rows, into)
}

// A statement of a transaction ends with that.
func txStatement(db *sqlx.DB) error {
	tx, err := db.Beginx()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Preparex("insert")
	if err != nil {
		return err
	}
	if _, err := stmt.Exec(1); err != nil {
		return err
	}
	return tx.Commit()
}

func txPlainStatement(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("insert")
	if err != nil {
		return err
	}
	if _, err := stmt.Exec(1); err != nil {
		return err
	}
	return tx.Commit()
}

func gormRows(db *gorm.DB) (int, error) {
	rows, err := db.Table("users").Rows() // want "`rows` may be still open"
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}
