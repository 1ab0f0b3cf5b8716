package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
)

func declared() {
	var cleanup func()
	defer cleanup() // want "error: what `cleanup\(\)` is called on is nil here: the deferred call panics when it runs"
	cleanup = func() { fmt.Println("done") }
}

func onSomePath(trace bool) {
	var done func()
	if trace {
		done = func() { fmt.Println("end") }
	}
	defer done() // want "may be nil here"
	fmt.Println("work")
}

func bySwitch(mode, name string) error {
	var w io.WriteCloser
	switch mode {
	case "file":
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		w = f
	case "net":
		c, err := net.Dial("tcp", name)
		if err != nil {
			return err
		}
		w = c
	}
	defer w.Close() // want "`w.Close\(\)` is called on may be nil here: this statement panics"
	_, err := io.WriteString(w, "x")
	return err
}

func iface() {
	var c io.Closer
	defer c.Close() // want "is nil here: this statement panics"
}

func pointer() {
	var conn *sql.Conn
	defer conn.Close() // want "`conn.Close\(\)` is called on is nil here: the deferred call panics"
	conn = &sql.Conn{}
	_ = conn
}

type point struct{ x int }

func (p point) Show()  { fmt.Println(p.x) }
func (p *point) Move() { p.x++ }
func (p *point) Safe() {
	if p != nil {
		p.x++
	}
}

func valueMethod() {
	var p *point
	defer p.Show() // want "this statement panics"
}

func pointerMethod() {
	var p *point
	defer p.Move() // want "the deferred call panics"
	p = &point{}
	p.Show()
}

func start(on bool) func() {
	if !on {
		return nil
	}
	return func() { fmt.Println("stop") }
}

func result(on bool) {
	defer start(on)() // want "`start\(on\)\(\)` is called on may be nil here"
}

func logged(url string) {
	resp, err := http.Get(url)
	if err != nil {
		log.Println("get:", err)
	}
	defer resp.Body.Close() // want "is deferred also when `http.Get\(url\)` at line 97 failed and gave nil: then this statement panics"
}

func loggedTx(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		log.Println("begin:", err)
	}
	defer tx.Rollback() // want "the deferred call panics"
	return tx.Commit()
}

func setLater(addr string, dry bool) error {
	var conn net.Conn
	defer func() { // want "`conn` is nil when the deferred function runs at a return before it is set"
		conn.Close()
	}()
	if dry {
		return nil
	}
	var err error
	conn, err = net.Dial("tcp", addr)
	return err
}

// Look-alikes.

func tested(trace bool) {
	var done func()
	if trace {
		done = func() { fmt.Println("end") }
	}
	if done != nil {
		defer done()
	}
}

func sameCondition(trace bool) {
	var done func()
	if trace {
		done = func() { fmt.Println("end") }
	}
	if trace {
		defer done()
	}
}

func both(trace bool) {
	var done func()
	if trace {
		done = func() { fmt.Println("end") }
	} else {
		done = func() {}
	}
	defer done()
}

func defaulted(mode string) error {
	var c io.Closer
	switch mode {
	case "a":
		c = io.NopCloser(nil)
	default:
		return errors.New("mode")
	}
	defer c.Close()
	return nil
}

func tolerated() {
	var f *os.File
	defer f.Close()
	var p *point
	defer p.Safe()
}

func testedInLiteral(addr string, dry bool) error {
	var conn net.Conn
	defer func() {
		if conn != nil {
			conn.Close()
		}
	}()
	if dry {
		return nil
	}
	var err error
	conn, err = net.Dial("tcp", addr)
	return err
}

func setAtOnce(addr string) error {
	var err error
	var mu *sync.Mutex
	defer func() { mu.Unlock() }()
	mu = new(sync.Mutex)
	mu.Lock()
	return err
}

func returnsAfterLog(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		log.Println("get:", err)
		return err
	}
	defer resp.Body.Close()
	return nil
}

func replaced(url, other string) error {
	resp, err := http.Get(url)
	if err != nil {
		log.Println("get:", err)
		if resp, err = http.Get(other); err != nil {
			return err
		}
	}
	defer resp.Body.Close()
	return nil
}

func fatal(err error) {
	log.Print(err)
	os.Exit(1)
}

func exits(url string) {
	resp, err := http.Get(url)
	if err != nil {
		fatal(err)
	}
	defer resp.Body.Close()
}

func unknown(f func(), c io.Closer, p *point) {
	defer f()
	defer c.Close()
	defer p.Move()
}

func inLoop(names []string) {
	var last *point
	for range names {
		last = &point{}
	}
	defer last.Move()
}

func main() {}
