package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"sync"
)

// A connection that the caller has opened.
func refuse(c net.Conn) error {
	if _, err := io.WriteString(c, "busy\n"); err != nil {
		log.Printf("%v: %v", c.RemoteAddr(), err)
		c.Close()
		_, err = io.WriteString(c, "really\n") // want "`c` is used by `io.WriteString` after it was closed"
		return err
	}
	return c.Close()
}

func closeAll(conns []net.Conn) {
	for _, c := range conns {
		c.Close()
		fmt.Fprintln(c, "bye") // want "`c` is used by `fmt.Fprintln`"
	}
}

// The next turn of the loop has another one.
func greetAll(conns []net.Conn) {
	for _, c := range conns {
		if _, err := io.WriteString(c, "hello\n"); err != nil {
			c.Close()
			continue
		}
	}
}

func serveAll(conns <-chan net.Conn) {
	var open sync.Map
	for {
		c := <-conns
		if _, ok := open.Load(c); ok {
			c.Close()
			open.Delete(c)
			log.Print("closed ", c.LocalAddr())
			continue
		}
		open.Store(c, true)
		io.WriteString(c, "hello\n")
	}
}

type journal struct {
	mu sync.Mutex
	f  *os.File
	w  *bufio.Writer
}

func (j *journal) rewind() (int64, error) {
	if err := j.f.Close(); err != nil {
		return 0, err
	}
	return j.f.Seek(0, io.SeekStart) // want "`j.f` is used by `j.f.Seek`"
}

func (j *journal) reopen() error {
	name := j.f.Name()
	if err := j.f.Close(); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	j.f = f
	_, err = j.f.WriteString("again\n")
	return err
}

func (j *journal) open(name string) (err error) {
	j.f, err = os.Create(name)
	return err
}

func (j *journal) rotate(name string) error {
	if err := j.f.Close(); err != nil {
		return err
	}
	if err := j.open(name); err != nil {
		return err
	}
	_, err := j.f.WriteString("new\n")
	return err
}

// Someone else may have opened it again.
func (j *journal) pause() error {
	j.mu.Lock()
	err := j.f.Close()
	j.mu.Unlock()
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.f.Sync()
}

// What is written through a buffer gets to the file when that is flushed.
func list(name string, lines []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, l := range lines {
		fmt.Fprintln(w, l)
	}
	if err := f.Close(); err != nil {
		return err
	}
	return w.Flush() // want "`f` is used by `w.Flush`"
}

func pack(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := gzip.NewWriter(f)
	if _, err := w.Write(b); err != nil {
		f.Close()
		w.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return w.Close() // want "`f` is used by `w.Close`"
}

func twice(a, b string) error {
	f, err := os.Create(a)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	if _, err := w.WriteString("a"); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	g, err := os.Create(b)
	if err != nil {
		return err
	}
	w.Reset(g)
	if err := w.Flush(); err != nil {
		g.Close()
		return err
	}
	return g.Close()
}
