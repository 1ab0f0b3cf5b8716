package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"time"
)

func readAll(name string) []byte {
	f, _ := os.Open(name) // want "warning: the error of `os.Open\(name\)` is dropped and its value used: .* before line 24"
	defer f.Close()       // note "deferred here"
	b, _ := io.ReadAll(f)
	return b
}

func assigned(name string) int64 {
	var f *os.File
	f, _ = os.Open(name) // want "os.Open"
	st, _ := f.Stat()
	return st.Size()
}

func connect(addr string) {
	c, _ := net.Dial("tcp", addr) // want "net.Dial"
	fmt.Fprintln(c, "hello")
}

func accept(l net.Listener, serve func(net.Conn)) {
	for {
		c, _ := l.Accept() // want "l.Accept"
		go serve(c)
	}
}

func status(u string) int {
	resp, _ := http.Get(u) // want "http.Get"
	return resp.StatusCode
}

func inLiteral(name string) {
	f, _ := os.Create(name) // want "os.Create"
	defer func() {
		if err := f.Close(); err != nil {
			fmt.Println(err)
		}
	}()
}

func query(db *sql.DB) (n int) {
	rows, _ := db.Query("select 1") // want "db.Query"
	for rows.Next() {
		n++
	}
	return n
}

func open(name string) (*os.File, error) { return os.Open("x/" + name) }

func wrapped(name string) *bufio.Scanner {
	f, _ := open(name) // want "open\(name\)"
	return bufio.NewScanner(f)
}

type session struct{ c net.Conn }

func (s *session) Close() error { return s.c.Close() }

func dial(addr string) (*session, func(), error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, nil, err
	}
	return &session{c}, func() { c.Close() }, nil
}

func twoValues(addr string) {
	s, stop, _ := dial(addr) // want "dial\(addr\)"
	defer stop()
	defer s.Close()
}

// Look-alikes.

func tested(name string) {
	f, _ := os.Open(name)
	if f == nil {
		return
	}
	defer f.Close()
}

func testedInLiteral(name string) {
	f, _ := os.Open(name)
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
}

func closeIfOpen(f *os.File) {
	if f != nil {
		f.Close()
	}
}

func testedByHelper(name string) {
	f, _ := os.Open(name)
	defer closeIfOpen(f)
}

func returned(name string) *os.File {
	f, _ := os.Open(name)
	return f
}

func noResources(s string) int {
	n, _ := strconv.Atoi(s)
	key, _ := hex.DecodeString(s)
	u, _ := url.Parse(s)
	re, _ := regexp.Compile(s)
	req, _ := http.NewRequest("GET", s, nil)
	loc, _ := time.LoadLocation(s)
	return n + len(key) + len(u.Host) + re.NumSubexp() + len(req.Method) + len(loc.String())
}

func cannotFail(cmd *exec.Cmd, b *bytes.Buffer) {
	z, _ := gzip.NewWriterLevel(b, gzip.BestSpeed)
	defer z.Close()
	out, _ := cmd.StdoutPipe()
	defer out.Close()
	p, _ := os.FindProcess(os.Getpid())
	defer p.Release()
}

type mem struct{ bytes.Buffer }

func (m *mem) Close() error { return nil }

func openMem() (*mem, error) { return &mem{}, nil }

func neverFails() {
	m, _ := openMem()
	defer m.Close()
	m.WriteString("x")
}

func partial(addr string) (*session, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return &session{}, err
	}
	return &session{c}, nil
}

func neverNil(addr string) {
	s, _ := partial(addr)
	fmt.Println(s.c)
}

func looked(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return errors.New("x")
}

func onlyError(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func main() {}

func asserted(f *os.File) (*net.UnixConn, bool) {
	c, _ := net.FileConn(f)
	u, ok := c.(*net.UnixConn)
	return u, ok
}
