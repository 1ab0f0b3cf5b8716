package p

import (
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"os"
)

func dialOver(addr string, via func(string) (net.Conn, error)) error {
	var conn net.Conn
	var err error
	if via != nil {
		if len(addr) == 0 {
			goto plain
		}
		conn, err = via(addr)
		if err != nil {
			fmt.Println(err)
			conn, err = nil, nil
		}
	}
plain:
	if conn == nil {
		conn, err = net.Dial("tcp", addr)
		if err != nil {
			return err
		}
	}
	defer conn.Close()
	_, err = io.Copy(os.Stdout, conn)
	return err
}

func chosenOnce(first bool, name string) {
	var f io.Closer
	if first {
		if other, err := os.Open(name); err == nil {
			f = other
		}
	}
	if name == "" {
		fmt.Println("no name")
	}
	defer f.Close() // want "may be nil here"
}

type group struct {
	limit func(int) (int, func())
	count int
}

// The literal is called where it stands, and assigns first.
func (g *group) wait() int {
	var stop func()
	var n int
	func() {
		defer fmt.Println("set")
		n, stop = g.limit(g.count)
	}()
	defer stop()
	return n
}

// The kind is one of the two: others are not accepted above.
func writerFor(w io.Writer, accepted []string) error {
	kind := ""
	for _, one := range accepted {
		if one == "gzip" || one == "flate" {
			kind = one
			break
		}
	}
	if kind == "" {
		return nil
	}
	var out io.WriteCloser
	if kind == "gzip" {
		out = gzip.NewWriter(w)
	} else if kind == "flate" {
		out, _ = flate.NewWriter(w, 1)
	}
	defer out.Close()
	_, err := io.WriteString(out, kind)
	return err
}

func writerOf(w io.Writer, kind string) error {
	var out io.WriteCloser
	if kind == "gzip" {
		out = gzip.NewWriter(w)
	} else if kind == "flate" {
		out, _ = flate.NewWriter(w, 1)
	}
	defer out.Close() // want "may be nil here"
	_, err := io.WriteString(out, kind)
	return err
}
