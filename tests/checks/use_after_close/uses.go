package p

import (
	"database/sql"
	"io"
	"net"
	"os"
)

func write(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	f.Close()
	_, err = f.WriteString("x") // want "`f` is used by `f.WriteString` after it was closed at line 15"
	return err
}

func asArgument(c net.Addr) error {
	conn, err := net.Dial(c.Network(), c.String())
	if err != nil {
		return err
	}
	conn.Close()
	_, err = io.WriteString(conn, "x") // want "`conn` is used by `io.WriteString` after it was closed"
	return err
}

func onOneWay(name string, early bool) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if early {
		f.Close()
	}
	_, err = f.Stat() // want "after it was closed at line 36"
	if !early {
		f.Close()
	}
	return err
}

func deferred(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("x")
	return err
}

func nameOf(name string) string {
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	f.Close()
	return f.Name()
}

func again(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	f.Close()
	f, err = os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Stat()
	return err
}

func rows(db *sql.DB) error {
	rows, err := db.Query("select 1")
	if err != nil {
		return err
	}
	for rows.Next() {
	}
	rows.Close()
	return rows.Err()
}

type ownRows struct {
	*sql.Rows
	scanned int
}

func queryOwn(db *sql.DB) (*ownRows, error) {
	rows, err := db.Query("select name from t")
	if err != nil {
		return nil, err
	}
	return &ownRows{Rows: rows}, nil
}

func columnsTooLate(db *sql.DB) ([]string, error) {
	rows, err := queryOwn(db)
	if err != nil {
		return nil, err
	}
	rows.Close()
	return rows.Columns() // want "`rows` is used by `rows.Columns` after it was closed"
}
