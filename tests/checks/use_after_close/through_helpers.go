package main

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"os"
)

func writeRecord(w io.Writer, b []byte) error {
	var size [2]byte
	binary.BigEndian.PutUint16(size[:], uint16(len(b)))
	if _, err := w.Write(size[:]); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

func writeAll(w io.Writer, records [][]byte) error {
	for _, r := range records {
		if err := writeRecord(w, r); err != nil {
			return err
		}
	}
	return nil
}

func writeTwo(w io.Writer, a, b []byte) error {
	if err := writeRecord(w, a); err != nil {
		return err
	}
	return writeRecord(w, b)
}

func farewell(c net.Conn) error {
	c.Close()
	return writeRecord(c, []byte("bye")) // want "`c` is used by `writeRecord` after it was closed at line 38"
}

func store(name string, records [][]byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := writeAll(f, records); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return writeTwo(f, nil, nil) // want "`f` is used by `writeTwo` after it was closed"
}

// There may be nothing to write.
func nothing(c net.Conn) error {
	c.Close()
	return writeAll(c, nil)
}

func describe(c net.Conn) string { return c.RemoteAddr().String() }

func named(c net.Conn) string {
	c.Close()
	return describe(c)
}

// A type of one's own around a connection.
type peer struct {
	c net.Conn
	r *bufio.Reader
}

func (p *peer) Close() error { return p.c.Close() }

func (p *peer) say(s string) error {
	_, err := io.WriteString(p.c, s)
	if err != nil {
		return err
	}
	_, err = p.c.Write([]byte{'\n'})
	return err
}

func (p *peer) send(b []byte) (int, error) { return p.c.Write(b) }

func (p *peer) name() string { return p.c.RemoteAddr().String() }

func (p *peer) dial(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p.c, p.r = c, bufio.NewReader(c)
	return nil
}

func hangUp(p *peer) error {
	if err := p.Close(); err != nil {
		return err
	}
	_, err := p.send(nil) // want "`p` is used by `p.send` after it was closed at line 101"
	return err
}

func hangUpLater(p *peer) error {
	if err := p.say("bye"); err != nil {
		return err
	}
	return p.Close()
}

func forgotten(p *peer) string {
	p.Close()
	return p.name()
}

// What was closed is opened again.
func redial(p *peer, addr string) error {
	p.Close()
	if err := p.dial(addr); err != nil {
		return err
	}
	return p.say("again")
}

func replace(p *peer, c net.Conn) error {
	p.Close()
	p.c = c
	return p.say("again")
}

func replaceOwn(addr string, c net.Conn) error {
	p := &peer{}
	if err := p.dial(addr); err != nil {
		return err
	}
	p.Close()
	p.c = c
	return p.say("again")
}

type session struct{ p *peer }

func (s *session) renew(addr string) error {
	s.p = &peer{}
	return s.p.dial(addr)
}

func (s *session) restart(addr string) error {
	s.p.Close()
	if err := s.renew(addr); err != nil {
		return err
	}
	return s.p.say("again")
}

func (s *session) end() error {
	s.p.Close()
	return s.p.say("again") // want "`s.p` is used by `s.p.say` after it was closed"
}

func main() {}
