package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
)

// What a function of ours makes of a connection closes it.
type client struct {
	nc   net.Conn
	br   *bufio.Reader
	once sync.Once
}

func newClient(nc net.Conn) *client {
	return &client{nc: nc, br: bufio.NewReader(nc)}
}

func (c *client) Close() (err error) {
	c.once.Do(func() { err = c.nc.Close() })
	return err
}

func (c *client) line() (string, error) { return c.br.ReadString('\n') }

func connect(addr string) (*client, error) {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return newClient(nc), nil
}

func banner(addr string) (string, error) {
	c, err := connect(addr) // want "`c` may be still open when `banner` returns"
	if err != nil {
		return "", err
	}
	s, err := c.line()
	if err != nil {
		return "", err
	}
	return s, c.Close()
}

func bannerClosed(addr string) (string, error) {
	c, err := connect(addr)
	if err != nil {
		return "", err
	}
	defer c.Close()
	return c.line()
}

// It greets, and may fail.
func greeted(nc net.Conn, name string) (*client, error) {
	if _, err := io.WriteString(nc, name+"\n"); err != nil {
		return nil, err
	}
	return newClient(nc), nil
}

func connectAs(addr, name string) (*client, error) {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c, err := greeted(nc, name)
	if err != nil {
		nc.Close()
		return nil, err
	}
	return c, nil
}

func answer(addr, name string) (string, error) {
	c, err := connectAs(addr, name) // want "`c` may be still open when `answer` returns"
	if err != nil {
		return "", err
	}
	return c.line()
}

// Its Close leaves the connection to whoever gave it.
type frames struct{ r io.Reader }

func newFrames(r io.Reader) *frames { return &frames{r} }
func (f *frames) Close() error      { return nil }

func dialFrames(addr string) (*frames, error) {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return newFrames(nc), nil
}

func firstFrame(addr string, p []byte) (int, error) {
	f, err := dialFrames(addr)
	if err != nil {
		return 0, err
	}
	return f.r.Read(p)
}

// A goroutine of its own ends it.
type watcher struct {
	nc   net.Conn
	done chan struct{}
}

func watch(nc net.Conn) *watcher {
	w := &watcher{nc, make(chan struct{})}
	go func() {
		<-w.done
		w.nc.Close()
	}()
	return w
}

func (w *watcher) Close() error { close(w.done); return nil }

func dialWatched(addr string) (*watcher, error) {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return watch(nc), nil
}

func pokeWatched(addr string) error {
	w, err := dialWatched(addr)
	if err != nil {
		return err
	}
	_, err = w.nc.Write([]byte{1})
	return err
}

// Structs that are returned themselves.
func buffered(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{bufio.NewReader(f), f}, nil
}

func sizeOf(name string) (int64, error) {
	r, err := buffered(name) // want "`r` may be still open when `sizeOf` returns"
	if err != nil {
		return 0, err
	}
	return io.Copy(io.Discard, r)
}

func sizeOfClosed(name string) (int64, error) {
	r, err := buffered(name)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return io.Copy(io.Discard, r)
}

// As it is, or with something around it.
type unzipped struct {
	*gzip.Reader
	f *os.File
}

func (u *unzipped) Close() error { return errors.Join(u.Reader.Close(), u.f.Close()) }

func openText(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(name, ".gz") {
		return f, nil
	}
	zr, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return &unzipped{zr, f}, nil
}

func textSize(name string) (int64, error) {
	r, err := openText(name) // want "`r` may be still open when `textSize` returns"
	if err != nil {
		return 0, err
	}
	return io.Copy(io.Discard, r)
}

func textSizeClosed(name string) (int64, error) {
	r, err := openText(name)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	return io.Copy(io.Discard, r)
}

// What decides is a number.
type code int

func numbered(addr string) (*client, code) {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, 1
	}
	return newClient(nc), 0
}

func tryNumbered(addr string) code {
	c, errno := numbered(addr)
	if errno != 0 {
		return errno
	}
	c.Close()
	return 0
}

func main() {
	_, _ = banner("")
	_, _ = bannerClosed("")
	_, _ = answer("", "")
	_, _ = firstFrame("", nil)
	_ = pokeWatched("")
	_, _ = sizeOf("")
	_, _ = sizeOfClosed("")
	_, _ = textSize("")
	_, _ = textSizeClosed("")
	_ = tryNumbered("")
}
