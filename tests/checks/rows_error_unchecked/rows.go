package p

import (
	"bufio"
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
)

func names(db *sql.DB) (names []string, err error) {
	rows, err := db.Query("select name from products")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() { // want "^warning: `rows.Next\(\)` is false at the end and after an error alike, and nothing asks `Err`"
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

func checked(db *sql.DB) error {
	rows, err := db.Query("select name from products")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
	}
	return rows.Err()
}

func checkedInDefer(db *sql.DB) (err error) {
	rows, err := db.Query("select name from products")
	if err != nil {
		return err
	}
	defer func() {
		rows.Close()
		if err == nil {
			err = rows.Err()
		}
	}()
	for rows.Next() {
	}
	return nil
}

func lines(name string) (n int) {
	f, err := os.Open(name)
	if err != nil {
		return 0
	}
	defer f.Close()
	scanner := bufio.NewScanner(f)
	for scanner.Scan() { // want "`scanner.Scan\(\)` is false"
		n++
	}
	return n
}

func untilBreak(conn net.Conn) {
	scanner := bufio.NewScanner(conn)
	for { // want "scanner.Scan"
		if !scanner.Scan() {
			break
		}
		fmt.Println(scanner.Text())
	}
}

// The caller has it, and may ask.
func parameter(rows *sql.Rows) {
	for rows.Next() {
	}
}

func returned(r io.Reader) *bufio.Scanner {
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		if scanner.Text() == "" {
			break
		}
	}
	return scanner
}

func handedOver(r io.Reader) error {
	scanner := bufio.NewScanner(r)
	for scanner.Scan() {
		fmt.Println(scanner.Text())
	}
	return finish(scanner)
}

func finish(s *bufio.Scanner) error { return s.Err() }

func inMemory(text string, data []byte) (n int) {
	for s := bufio.NewScanner(strings.NewReader(text)); s.Scan(); {
		n++
	}
	for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
		n++
	}
	return n
}

func noLoop(r io.Reader) string {
	scanner := bufio.NewScanner(r)
	scanner.Scan()
	return scanner.Text()
}

func ownCount(r io.Reader, n int) {
	scanner := bufio.NewScanner(r)
	for i := 0; i < n; i++ {
		scanner.Scan()
		fmt.Println(scanner.Text())
	}
}

func eitherQuery(db *sql.DB, old bool) (n int, err error) {
	var rows *sql.Rows
	if old {
		rows, err = db.Query("select a from old")
	} else {
		rows, err = db.Query("select a from new")
	}
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() { // want "`rows.Next\(\)` is false at the end"
		n++
	}
	return n, nil
}

func eitherQueryAsked(db *sql.DB, old bool) (n int, err error) {
	var rows *sql.Rows
	if old {
		rows, err = db.Query("select a from old")
	} else {
		rows, err = db.Query("select a from new")
	}
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}
