package p

import (
	"errors"
	"io"
	"net"
	"os"
)

type session struct{ c net.Conn }

// It closes only when it gives up.
func (s *session) login(c net.Conn, user string) error {
	if user == "" {
		c.Close()
		return errors.New("no user")
	}
	_, err := io.WriteString(c, user)
	return err
}

func talk(s *session, addr, user string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := s.login(c, user); err != nil {
		return err
	}
	_, err = io.WriteString(c, "hello")
	return err
}

func closeQuietly(f *os.File) {
	if f != nil {
		f.Close()
	}
}

func late(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	closeQuietly(f)
	_, err = f.Stat() // want "`f`"
	return err
}

func byClosure(name string, early bool) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	func() {
		if early {
			f.Close()
		}
	}()
	_, err = f.Stat()
	return err
}
