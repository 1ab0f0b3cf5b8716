package p

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
)

type reader struct {
	f *os.File
	s *bufio.Scanner
}

func open(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // want "`f` is returned"
	return f, nil
}

func wrapped(name string) (io.Reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // want "`f` is in what is returned"
	return bufio.NewReader(f), nil
}

func body(url string) (io.ReadCloser, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close() // want "`resp` is returned"
	return resp.Body, nil
}

func query(db *sql.DB) (*sql.Rows, error) {
	rows, err := db.Query("select 1")
	if err != nil {
		return nil, err
	}
	defer func() { // want "`rows` is returned"
		rows.Close()
	}()
	return rows, nil
}

func inStruct(name string) (*reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // want "`f` is in what is returned"
	return &reader{f: f}, nil
}

func spawned(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close() // want "`c` is used by a goroutine"
	go func() {
		io.WriteString(c, "hello")
	}()
	return nil
}

func spawnedByName(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close() // want "`c` is used by a goroutine"
	go talk(c)
	return nil
}

func talk(c net.Conn) { io.WriteString(c, "hello") }

func sent(name string, out chan<- *os.File) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "`f` is sent"
	out <- f
	return nil
}

// Look-alikes.

func data(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func onError(name string) (f *os.File, err error) {
	f, err = os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	_, err = f.Seek(3, io.SeekStart)
	return f, err
}

func waits(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		io.Copy(io.Discard, f)
	}()
	wg.Wait()
	return nil
}

func pipe(a, b string) error {
	c, err := net.Dial("tcp", a)
	if err != nil {
		return err
	}
	defer c.Close()
	d, err := net.Dial("tcp", b)
	if err != nil {
		return err
	}
	defer d.Close()
	go io.Copy(c, d)
	_, err = io.Copy(d, c)
	return err
}

func decoded(url string) (v map[string]any, err error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return v, json.NewDecoder(resp.Body).Decode(&v)
}

func status(url string) (*http.Response, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(b))
	return resp, nil
}

func buffered(name string) (io.Reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	return bytes.NewReader(b), err
}

func header(url string) (http.Header, string, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	return resp.Header, resp.Request.URL.Path, nil
}

func given(c net.Conn, start chan bool) {
	defer c.Close() // want "`c` is used by a goroutine"
	go func() {
		<-start
		io.WriteString(c, "hello")
	}()
}

func givenAndServed(c net.Conn, handle func(net.Conn)) {
	defer c.Close()
	go talk(c)
	handle(c)
}
