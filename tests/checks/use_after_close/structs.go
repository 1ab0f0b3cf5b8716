package p

import (
	"fmt"
	"io"
	"net"
	"os"
)

type peer struct {
	c    net.Conn
	name string
}

func (p *peer) hangUp() {
	if err := p.c.Close(); err != nil {
		fmt.Println(p.name, err)
	}
}

func (p *peer) Close() error {
	if p.c == nil {
		return nil
	}
	return p.c.Close()
}

func (p *peer) send(s string) error {
	_, err := p.c.Write([]byte(s))
	return err
}

func (p *peer) giveUp(bad bool) {
	if bad {
		p.c.Close()
	}
}

func bye(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p := &peer{c: c, name: addr}
	p.hangUp()
	_, err = io.WriteString(c, "bye") // want "`c` is used by `io.WriteString` after it was closed at line 45"
	return err
}

func byMethod(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p := &peer{c: c, name: addr}
	if err := p.Close(); err != nil {
		return err
	}
	return p.send("bye") // want "`c` is used by `p.send` after it was closed"
}

// Look-alikes.

func before(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p := &peer{c: c, name: addr}
	defer p.hangUp()
	return p.send("bye")
}

func perhaps(addr string, bad bool) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p := &peer{c: c, name: addr}
	p.giveUp(bad)
	if !bad {
		return p.send("bye")
	}
	return nil
}

func again(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p := &peer{c: c, name: addr}
	p.hangUp()
	c, err = net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	p.c = c
	defer p.hangUp()
	return p.send("bye")
}

type file struct{ f *os.File }

func (f *file) reopen(name string) (err error) {
	f.f.Close()
	f.f, err = os.Open(name)
	return err
}

func (f *file) size() int64 {
	info, err := f.f.Stat()
	if err != nil {
		return -1
	}
	return info.Size()
}

func rotated(name string) int64 {
	f, err := os.Open(name)
	if err != nil {
		return -1
	}
	g := &file{f: f}
	if err := g.reopen(name); err != nil {
		return -1
	}
	return g.size()
}
