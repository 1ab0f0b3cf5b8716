package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"testing"
)

func fetch(url string) ([]byte, error) {
	resp, err := http.Get(url) // note "its error comes from here"
	defer resp.Body.Close()    // want "error: `resp.Body.Close\(\)` is deferred before the error of `http.Get\(url\)` at line 18 is looked at: .* this statement panics"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(resp.Body)
}

func named(ctx context.Context, db *sql.DB) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	defer tx.Rollback() // want "the deferred call panics"
	if err != nil {
		return err
	}
	_, err = tx.Exec("update x set y=1")
	return err
}

func between(db *sql.DB) error {
	rows, err := db.Query("select 1")
	fmt.Println("queried")
	defer rows.Close() // want "`rows.Close\(\)`"
	if err != nil {
		return err
	}
	return rows.Err()
}

func inLiteral(addr string) error {
	conn, err := net.Dial("tcp", addr)
	defer func() { // want "a function literal is deferred before the error of .net.Dial"
		conn.Close()
	}()
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte("x"))
	return err
}

func asArgument(addr string) error {
	conn, err := net.Dial("tcp", addr)
	defer func(c net.Conn) { // want "is deferred before"
		c.Close()
	}(conn)
	if err != nil {
		return err
	}
	return nil
}

func drain(resp *http.Response) {
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
}

func byHelper(url string) (int, error) {
	resp, err := http.Head(url)
	defer drain(resp) // want "`drain\(resp\)` is deferred before"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func setup(name string) (cleanup func(), err error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	return func() { fmt.Println("done", name) }, nil
}

func cleanupFunc(name string) error {
	cleanup, err := setup(name)
	defer cleanup() // want "`cleanup\(\)` is deferred before the error of `setup\(name\)`"
	if err != nil {
		return err
	}
	return nil
}

func onlyReturned(db *sql.DB) error {
	st, err := db.Prepare("select 1")
	defer st.Close() // want "`st.Close\(\)`"
	return err
}

func neverLooked(name string) (n int, err error) {
	l, err := net.Listen("tcp", name)
	defer l.Close() // want "`l.Close\(\)`"
	return n, err
}

func onOneWay(name string, quick bool) error {
	l, err := net.Listen("tcp", name)
	if !quick {
		if err != nil {
			return err
		}
	}
	defer l.Close() // want "`l.Close\(\)`"
	return err
}

func partly(name string) error {
	c, err := net.Dial("tcp", name)
	if errors.Is(err, fs.ErrPermission) {
		return nil
	}
	defer c.Close() // want "`c.Close\(\)`"
	if err != nil {
		return err
	}
	return nil
}

func harmless(name string) error {
	f, err := os.Open(name)
	defer f.Close() // want "info: .* nil is tolerated"
	if err != nil {
		return err
	}
	return nil
}

func fileName(name string) error {
	f, err := os.Create(name)
	defer os.Remove(f.Name()) // want "defer"
	if err != nil {
		return err
	}
	return f.Close()
}

// Look-alikes.

func checked(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return nil
}

func byValue(url string) error {
	resp, err := http.Get(url)
	if resp != nil {
		defer resp.Body.Close()
	}
	return err
}

func onSuccess(url string) error {
	resp, err := http.Get(url)
	if err == nil {
		defer resp.Body.Close()
		_, err = io.Copy(io.Discard, resp.Body)
	}
	return err
}

func testsItself(addr string) error {
	conn, err := net.Dial("tcp", addr)
	defer func() {
		if conn != nil {
			conn.Close()
		}
	}()
	if err != nil {
		return err
	}
	return nil
}

func onPanic(db *sql.DB) error {
	tx, err := db.Begin()
	defer func() {
		if r := recover(); r != nil {
			tx.Rollback()
			panic(r)
		}
	}()
	if err != nil {
		return err
	}
	return tx.Commit()
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func handed(url string) {
	resp, err := http.Get(url)
	check(err)
	defer resp.Body.Close()
}

func inTest(t *testing.T, url string) {
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
}

func inSwitch(addr string) error {
	conn, err := net.Dial("tcp", addr)
	switch {
	case errors.Is(err, net.ErrClosed):
		return nil
	case err != nil:
		return err
	}
	defer conn.Close()
	return nil
}

func retries(addr string) error {
	var conn net.Conn
	var err error
	for range 3 {
		if conn, err = net.Dial("tcp", addr); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	defer conn.Close()
	return nil
}

type handle struct{ n int }

func (h *handle) Close() error { h.n++; return nil }

func always(n int) (*handle, error) {
	if n < 0 {
		return &handle{}, errors.New("negative")
	}
	return &handle{n}, nil
}

func neverNil(n int) error {
	h, err := always(n)
	defer h.Close()
	return err
}

type tolerant struct{ n int }

func (t *tolerant) Close() error {
	if t == nil {
		return nil
	}
	t.n++
	return nil
}

func openTolerant(n int) (*tolerant, error) {
	if n < 0 {
		return nil, errors.New("negative")
	}
	return &tolerant{n}, nil
}

func toleratesNil(n int) error {
	t, err := openTolerant(n)
	defer t.Close() // want "info: "
	return err
}

func noCleanup(name string) error {
	st, err := os.Stat(name)
	defer fmt.Println("looked at", name)
	if err != nil {
		return err
	}
	fmt.Println(st.Size())
	return nil
}

func main() {}
