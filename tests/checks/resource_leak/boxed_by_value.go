// Structs that are returned as they are, not by their address.
package p

import (
	"crypto/tls"
	"net"
	"os"
)

type box struct {
	conn net.Conn
	name string
}

type secured struct {
	conn  *tls.Conn
	count int
}

type server struct {
	boxes   chan box
	secured chan secured
	config  *tls.Config
}

// It carries what it has.
func wrap(conn net.Conn, name string) box { return box{conn, name} }

func wrapLater(conn net.Conn, name string) box {
	var b box
	b.name = name
	b.conn = conn
	return b
}

func secure(conn *tls.Conn, count int) secured {
	return secured{conn: conn, count: count}
}

func nameOnly(conn net.Conn, name string) box {
	b := box{name: name + conn.RemoteAddr().String()}
	return b
}

func (s *server) sends(l net.Listener) error {
	conn, err := l.Accept()
	if err != nil {
		return err
	}
	s.boxes <- wrap(conn, "a")
	return nil
}

func (s *server) sendsOwner(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		client := tls.Server(conn, s.config)
		if err := client.Handshake(); err != nil {
			client.Close()
			continue
		}
		s.secured <- secure(client, 1)
	}
}

func returns(l net.Listener) (box, error) {
	conn, err := l.Accept()
	if err != nil {
		return box{}, err
	}
	return wrapLater(conn, "b"), nil
}

func loses(l net.Listener) (box, error) {
	conn, err := l.Accept() // want "`conn` may be still open when `loses` returns"
	if err != nil {
		return box{}, err
	}
	return nameOnly(conn, "c"), nil
}

type list struct{ files []*os.File }

func (l *list) add(b box, f *os.File) { l.files = append(l.files, f) }

func (l *list) opens(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	l.add(box{}, f)
	return nil
}
