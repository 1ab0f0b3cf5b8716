// Package dao reads many tables.
package dao

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type User struct {
	ID   int
	Name string
}

type rowScanner interface {
	Next() bool
	Scan(...any) error
	Err() error
	Close() error
}

// scanAll is handed rows and looks at the end.
func scanAll(rows rowScanner) ([]User, error) {
	defer rows.Close()
	var us []User
	for rows.Next() {
		var u User
		if err := rows.Scan(&u.ID, &u.Name); err != nil {
			return nil, err
		}
		us = append(us, u)
	}
	return us, rows.Err()
}

func Users(db *sql.DB) ([]User, error) {
	rows, err := db.Query("select id, name from users")
	if err != nil {
		return nil, err
	}
	return scanAll(rows)
}

// drain leaves Err to its caller.
func drain(rows *sql.Rows, f func(User)) error {
	for rows.Next() {
		var u User
		if err := rows.Scan(&u.ID, &u.Name); err != nil {
			return err
		}
		f(u)
	}
	return nil
}

// Names asks after the helper.
func Names(db *sql.DB) (names []string, err error) {
	rows, err := db.Query("select id, name from users")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if err := drain(rows, func(u User) { names = append(names, u.Name) }); err != nil {
		return nil, err
	}
	return names, rows.Err()
}

// Max breaks out of its loop by its own will, and on the other way looks at nothing.
func Max(db *sql.DB, limit int) (max int, err error) {
	rows, err := db.Query("select id from users order by id")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() { // want "^warning: "
		if err := rows.Scan(&max); err != nil {
			return 0, err
		}
		if max > limit {
			break
		}
	}
	return max, nil
}

// Sets goes through several result sets.
func Sets(db *sql.DB) (n int, err error) {
	rows, err := db.Query("call stats()")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for {
		for rows.Next() {
			n++
		}
		if !rows.NextResultSet() {
			break
		}
	}
	if err := rows.Err(); err != nil {
		return 0, fmt.Errorf("stats: %w", err)
	}
	return n, nil
}

type cursor struct{ rows *sql.Rows }

func (c *cursor) each(f func(int)) {
	for c.rows.Next() {
		var id int
		if c.rows.Scan(&id) == nil {
			f(id)
		}
	}
}

func (c *cursor) err() error { return errors.Join(c.rows.Err(), c.rows.Close()) }

// Words counts words of a file; a line that is too long ends it unseen.
func Words(path string) (int, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Split(bufio.ScanWords)
	n := 0
	for sc.Scan() { // want "^warning: "
		n++
	}
	return n, nil
}

// Lines reads a string in memory: but lines may be too long.
func Lines(r io.Reader, f func(string)) (err error) {
	sc := bufio.NewScanner(r)
	defer func() {
		if serr := sc.Err(); serr != nil {
			err = serr
		}
	}()
	for sc.Scan() {
		f(strings.TrimSpace(sc.Text()))
	}
	return nil
}

// Header reads one line by its own decision.
func Header(r io.Reader) (string, error) {
	sc := bufio.NewScanner(r)
	if !sc.Scan() {
		if err := sc.Err(); err != nil {
			return "", err
		}
		return "", io.EOF
	}
	return sc.Text(), nil
}

// Find returns within the loop, and looks after it.
func Find(r io.Reader, word string) (bool, error) {
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		if strings.Contains(sc.Text(), word) {
			return true, nil
		}
	}
	return false, sc.Err()
}

// Switch looks at the error in a condition.
func Switch(r io.Reader) string {
	sc := bufio.NewScanner(r)
	last := ""
	for sc.Scan() {
		last = sc.Text()
	}
	switch err := sc.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return "too long"
	case err != nil:
		return err.Error()
	}
	return last
}
