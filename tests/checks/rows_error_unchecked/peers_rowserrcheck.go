// Situations that users of rowserrcheck report, by the number of the issue.
package p

import (
	"database/sql"
	"fmt"
)

// 16: closed within a deferred literal, and asked.
func literal16(db *sql.DB) error {
	rows, err := db.Query("select 1")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		fmt.Println("a row")
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return nil
}

type rows23 interface {
	Next() bool
	Scan(dest ...any) error
	Close()
	Err() error
}

type conn23 interface {
	Query(text string) (rows23, error)
}

// 23: rows of an interface's type, as pgx's are.
func interface23(c conn23) (n int, err error) {
	rows, err := c.Query("select 1")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() { // want "nothing asks `Err`"
		n++
	}
	return n, nil
}

func asked23(c conn23) (n int, err error) {
	rows, err := c.Query("select 1")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func check(rows *sql.Rows) error { return rows.Err() }

// Asked by a helper, and by another goroutine.
func helper(db *sql.DB) error {
	rows, err := db.Query("select 1")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		fmt.Println("a row")
	}
	return check(rows)
}

// 32: read and closed by who gets them.
func returned32(first, second *sql.DB) (*sql.Rows, error) {
	switch {
	case first != nil:
		return first.Query("select 1")
	case second != nil:
		return second.Query("select 1")
	}
	return nil, fmt.Errorf("nobody to ask")
}
