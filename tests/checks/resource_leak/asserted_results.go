package p

import (
	"errors"
	"io"
	"net"
	"os"
)

// Under a type of its own it is the same resource.

func listenTCP(addr string) (*net.TCPListener, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	return ln.(*net.TCPListener), nil
}

func dialTCP(addr string) (*net.TCPConn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c, ok := conn.(*net.TCPConn)
	if !ok {
		conn.Close()
		return nil, errors.New("not TCP")
	}
	return c, nil
}

type lockedFile struct{ *os.File }

func createAs[T *os.File | *lockedFile](name string) (T, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return any(f).(T), nil
}

func portOf(addr string) (int, error) {
	ln, err := listenTCP(addr) // want "`ln` may be still open when `portOf` returns at line 48"
	if err != nil {
		return 0, err
	}
	return ln.Addr().(*net.TCPAddr).Port, nil
}

func sendNow(addr string, b []byte) error {
	c, err := dialTCP(addr) // want "`c` may be still open when `sendNow` returns at line 57"
	if err != nil {
		return err
	}
	if err := c.SetNoDelay(true); err != nil {
		return err
	}
	defer c.Close()
	_, err = c.Write(b)
	return err
}

func saveAs(name string, r io.Reader) error {
	f, err := createAs[*os.File](name) // want "`f` may be still open when `saveAs` returns at line 70"
	if err != nil {
		return err
	}
	if _, err = io.Copy(f, r); err != nil {
		return err
	}
	return f.Close()
}

// Look-alikes.

func portAndClose(addr string) (int, error) {
	ln, err := listenTCP(addr)
	if err != nil {
		return 0, err
	}
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port, nil
}

func nameOf(addr string) (string, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return "", err
	}
	c := conn.(*net.TCPConn)
	defer c.Close()
	return c.LocalAddr().String(), nil
}
