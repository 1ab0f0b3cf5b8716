// `Next` closes the rows when there are no more: only a panic leaves them open.
package p

import "database/sql"

func toTheEnd(db *sql.DB) (int, error) {
	rows, err := db.Query("select 1") // want "info: `rows` may be still open when a panic leaves `toTheEnd`"
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

func toTheEndByBreak(db *sql.DB) (int, error) {
	rows, err := db.Query("select 1") // want "info: `rows` may be still open when a panic leaves `toTheEndByBreak`"
	if err != nil {
		return 0, err
	}
	n := 0
	for {
		if !rows.Next() {
			break
		}
		n++
	}
	return n, rows.Err()
}

func notToTheEnd(db *sql.DB) (int, error) {
	rows, err := db.Query("select 1") // want "may be still open when `notToTheEnd` returns at line 41"
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

func onlyTheFirst(db *sql.DB) (n int, err error) {
	rows, err := db.Query("select 1") // want "may be still open when `onlyTheFirst` returns at line 55"
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

// More results may follow.
func moreResults(db *sql.DB) (int, error) {
	rows, err := db.Query("select 1; select 2") // want "may be still open"
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		n++
	}
	if !rows.NextResultSet() {
		return n, rows.Err()
	}
	return n, nil
}

func closedTwice(db *sql.DB) (int, error) {
	rows, err := db.Query("select 1")
	if err != nil {
		return 0, err
	}
	n := 0
	for rows.Next() {
		n++
	}
	if err := rows.Close(); err != nil {
		return 0, err
	}
	return n, rows.Err()
}
