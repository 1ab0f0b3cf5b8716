package p

import (
	"errors"
	"io"
	"net"
	"os"
	"syscall"
)

// A number that is an error: zero is success.
func openAt(name string) (*os.File, syscall.Errno) {
	f, err := os.Open(name)
	if err != nil {
		return nil, syscall.ENOENT
	}
	return f, 0
}

func errno(name string) syscall.Errno {
	f, errno := openAt(name)
	if errno != 0 {
		return errno
	}
	return shut(f)
}

func shut(f *os.File) syscall.Errno {
	if f.Close() != nil {
		return syscall.EINVAL
	}
	return 0
}

func errnoLeft(name string) (string, error) {
	f, errno := openAt(name) // want "`f` may be still open when `errnoLeft` returns at line 41"
	if errno != 0 {
		return "", errno
	}
	if f.Name() == "" {
		return "", errors.New("no name")
	}
	return f.Name(), f.Close()
}

type framed struct{ inner net.Conn }

func (c *framed) Close() error { return c.inner.Close() }

func (c *framed) Write(p []byte) (int, error) { return c.inner.Write(p) }

func newFramed(c net.Conn) (*framed, error) {
	if c.RemoteAddr() == nil {
		return nil, errors.New("not connected")
	}
	return &framed{inner: c}, nil
}

// Beside the connection there is what closes it.
func dial(address string) (*framed, net.Conn, error) {
	conn, err := net.Dial("tcp", address) // want "`conn` may be still open when `dial` returns at line 67"
	if err != nil {
		return nil, nil, err
	}
	c, err := newFramed(conn)
	if err != nil {
		return nil, nil, err
	}
	return c, conn, nil
}

func send(address string) error {
	c, _, err := dial(address)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = io.WriteString(c, "hello")
	return err
}
