// Package heartbeat keeps a lease alive.
package heartbeat

import (
	"context"
	"errors"
	"log"
	"net"
	"os"
	"time"
)

type Lease struct {
	id   string
	conn net.Conn
	done chan struct{}
}

func (l *Lease) renew() error {
	_, err := l.conn.Write([]byte("renew " + l.id + "\n"))
	return err
}

func (l *Lease) release() { l.conn.Write([]byte("release " + l.id + "\n")) }

// Forever never comes to the release.
func (l *Lease) Forever() {
	defer l.release() // want "^warning: "
	for {
		if err := l.renew(); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Second)
	}
}

// Loop leaves on an error.
func (l *Lease) Loop() error {
	defer l.release()
	for {
		if err := l.renew(); err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

// Break leaves the select only, not the loop.
func (l *Lease) Break(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop() // want "^warning: "
	for {
		select {
		case <-ctx.Done():
			break
		case <-t.C:
			l.renew()
		}
	}
}

// Labelled leaves the loop.
func (l *Lease) Labelled(ctx context.Context) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
loop:
	for {
		select {
		case <-ctx.Done():
			break loop
		case <-t.C:
			l.renew()
		}
	}
}

// Block waits for the process to end.
func Block(addr string) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		log.Fatal(err)
	}
	defer ln.Close() // want "^warning: "
	go serve(ln)
	select {}
}

func serve(ln net.Listener) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			return err
		}
		go handle(c)
	}
}

func handle(c net.Conn) {
	defer c.Close()
	buf := make([]byte, 512)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		c.Write(buf[:n])
	}
}

// Watch panics when the file is gone, and then the deferred call runs.
func Watch(path string) {
	f, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	for {
		if _, err := f.Stat(); err != nil {
			panic(err)
		}
		time.Sleep(time.Minute)
	}
}
