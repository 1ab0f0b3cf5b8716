package app

// Situations that users of sqlclosecheck report, by the number of the issue.

import (
	"database/sql"
	"fmt"
	"io"

	"github.com/jmoiron/sqlx"
)

func closeAll7(c io.Closer) {
	if err := c.Close(); err != nil {
		fmt.Println(err)
	}
}

// 7: by a function for anything that can be closed.
func statement7(db *sqlx.DB) error {
	stmt, err := db.Preparex("select 1")
	if err != nil {
		return err
	}
	defer closeAll7(stmt)
	_, err = stmt.Exec()
	return err
}

// 8: closed on the only way there is, without defer.
func plain8(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select 1")
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Close()
}

// 11: made by either of two calls, and closed by none.
func either11(db *sql.DB, adults bool) (n int, err error) {
	var rows *sql.Rows
	if adults {
		rows, err = db.Query("select name from users where age >= 18") // want "may be still open"
	} else {
		rows, err = db.Query("select name from users") // want "may be still open"
	}
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// 35: sqlx's rows, closed by defer.
func deferred35(db *sqlx.DB) error {
	rows, err := db.Queryx("select 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.StructScan(nil); err != nil {
			return err
		}
	}
	return rows.Err()
}

func closeRows43(rows *sql.Rows) {
	if err := rows.Close(); err != nil {
		fmt.Println(err)
	}
}

// 43: by a function of one's own.
func helper43(db *sql.DB) error {
	rows, err := db.Query("select 1")
	if err != nil {
		return err
	}
	defer closeRows43(rows)
	return nil
}

// 49: within a deferred literal.
func literal49(db *sqlx.DB) error {
	rows, err := db.Queryx("select 1")
	if err != nil {
		return err
	}
	defer func() {
		if err := rows.Close(); err != nil {
			fmt.Println(err)
		}
	}()
	return rows.StructScan(nil)
}

// The same literal, with a look and no close.
func literalLeak49(db *sqlx.DB) error {
	rows, err := db.Queryx("select 1") // want "`rows` may be still open"
	if err != nil {
		return err
	}
	defer func() {
		if err := rows.Err(); err != nil {
			fmt.Println(err)
		}
	}()
	return rows.StructScan(nil)
}
