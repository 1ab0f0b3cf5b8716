package main

import (
	"database/sql"
	"errors"
)

// One of the two has a transaction behind it.
type unit interface {
	Add(n int) error
	Commit() error
	Rollback() error
}

type store interface{ Begin() (unit, error) }

type sqlStore struct{ db *sql.DB }

type sqlUnit struct{ tx *sql.Tx }

func (s *sqlStore) Begin() (unit, error) {
	tx, err := s.db.Begin()
	if err != nil {
		return nil, err
	}
	return &sqlUnit{tx}, nil
}

func (u *sqlUnit) Add(n int) error {
	_, err := u.tx.Exec("insert into t values (?)", n)
	return err
}
func (u *sqlUnit) Commit() error   { return u.tx.Commit() }
func (u *sqlUnit) Rollback() error { return u.tx.Rollback() }

type fakeStore struct{ n int }

func (s *fakeStore) Begin() (unit, error) { return s, nil }
func (s *fakeStore) Add(n int) error      { s.n += n; return nil }
func (s *fakeStore) Commit() error        { return nil }
func (s *fakeStore) Rollback() error      { return nil }

var errNegative = errors.New("negative")

func add(s store, n int) error {
	u, err := s.Begin() // want "`u` may be neither committed nor rolled back when `add` returns"
	if err != nil {
		return err
	}
	if n < 0 {
		return errNegative
	}
	if err := u.Add(n); err != nil {
		u.Rollback()
		return err
	}
	return u.Commit()
}

func addSafely(s store, n int) error {
	u, err := s.Begin()
	if err != nil {
		return err
	}
	defer u.Rollback()
	if n < 0 {
		return errNegative
	}
	if err := u.Add(n); err != nil {
		return err
	}
	return u.Commit()
}

// None of these has anything to give back.
type cursor interface {
	Next() bool
	Close() error
}

type source interface{ Cursor() (cursor, error) }

type numbers struct{ left int }

func (n *numbers) Cursor() (cursor, error) { return &numbers{n.left}, nil }
func (n *numbers) Next() bool              { n.left--; return n.left > 0 }
func (n *numbers) Close() error            { return nil }

type nothing struct{}

func (nothing) Cursor() (cursor, error) { return &numbers{}, nil }

func count(s source) (n int, err error) {
	c, err := s.Cursor()
	if err != nil {
		return 0, err
	}
	for c.Next() {
		n++
	}
	return n, nil
}

func main() {
	db, err := sql.Open("", "")
	if err != nil {
		return
	}
	defer db.Close()
	for _, s := range []store{&sqlStore{db}, &fakeStore{}} {
		_ = add(s, 1)
		_ = addSafely(s, 1)
	}
	for _, s := range []source{&numbers{3}, nothing{}} {
		println(count(s))
	}
}
