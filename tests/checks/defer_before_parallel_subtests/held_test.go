package p

import (
	"database/sql"
	"os"
	"testing"
)

type users struct{ db *sql.DB }

func (u *users) add(name string) error {
	_, err := u.db.Exec("insert into users values (?)", name)
	return err
}

type log struct{ f *os.File }

func newLog(f *os.File) *log { return &log{f} }

func (l *log) add(s string) error {
	_, err := l.f.WriteString(s)
	return err
}

func openDB(t *testing.T) (*sql.DB, func()) {
	db, err := sql.Open("x", "")
	if err != nil {
		t.Fatal(err)
	}
	return db, func() { db.Close() }
}

// The subtests have it by a struct.
func TestField(t *testing.T) {
	db, err := sql.Open("x", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // want "its parallel subtests, which use what it releases"
	u := &users{db}
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		u.add("a")
	})
}

// By what a constructor made of it.
func TestConstructor(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // want "its parallel subtests, which use what it releases"
	l := newLog(f)
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		l.add("a")
	})
}

func TestCleanup(t *testing.T) {
	db, done := openDB(t)
	t.Cleanup(done)
	u := &users{db}
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		u.add("a")
	})
}

// They run within `Run`.
func TestSequential(t *testing.T) {
	db, err := sql.Open("x", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	u := &users{db}
	t.Run("a", func(t *testing.T) {
		u.add("a")
	})
}
