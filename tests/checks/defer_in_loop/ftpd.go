// Package ftpd is a small file server.
package ftpd

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

type Server struct {
	root string
	mu   sync.Mutex
	live map[net.Conn]bool
}

type session struct {
	srv  *Server
	c    net.Conn
	r    *bufio.Reader
	user string
}

// Serve keeps what it accepts, until it ends.
func (s *Server) Serve(ln net.Listener) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		defer c.Close()
		s.add(c)
		go s.session(c).loop()
	}
}

// ServeRight closes in the goroutine.
func (s *Server) ServeRight(ln net.Listener) error {
	defer ln.Close()
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer c.Close()
			s.add(c)
			s.session(c).loop()
		}()
	}
}

func (s *Server) add(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live[c] = true
}

func (s *Server) session(c net.Conn) *session {
	return &session{srv: s, c: c, r: bufio.NewReader(c)}
}

func (s *session) reply(code int, text string) { fmt.Fprintf(s.c, "%d %s\r\n", code, text) }

func (s *session) loop() {
	defer s.c.Close()
	defer s.bye(s.user)
	for {
		line, err := s.r.ReadString('\n')
		if err != nil {
			return
		}
		cmd, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch strings.ToUpper(cmd) {
		case "USER":
			s.user = arg
			s.reply(331, "password")
		case "RETR":
			if err := s.retr(arg); err != nil {
				s.reply(550, err.Error())
				continue
			}
			s.reply(226, "done")
		case "QUIT":
			s.reply(221, "bye")
			return
		}
	}
}

func (s *session) bye(user string) { log.Printf("%s left", user) }

func (s *session) retr(name string) error {
	f, err := os.Open(filepath.Join(s.srv.root, filepath.Clean("/"+name)))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(s.c, f)
	return err
}

// Dial reassigns the connection that the defer took.
func Dial(addr string, cfg *tls.Config) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if cfg != nil {
		c = tls.Client(c, cfg)
	}
	_, err = io.WriteString(c, "NOOP\r\n")
	return err
}

// Redial takes a second connection in the variable of the first.
func Redial(addrs []string) error {
	c, err := net.Dial("tcp", addrs[0])
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := io.WriteString(c, "PING\r\n"); err != nil {
		c.Close()
		if c, err = net.Dial("tcp", addrs[1]); err != nil {
			return err
		}
	}
	_, err = io.WriteString(c, "NOOP\r\n")
	return err
}

// Next closes each with its own defer.
func Next(addrs [2]string) error {
	c, err := net.Dial("tcp", addrs[0])
	if err != nil {
		return err
	}
	defer c.Close()
	io.WriteString(c, "PING\r\n")
	c, err = net.Dial("tcp", addrs[1])
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = io.WriteString(c, "PING\r\n")
	return err
}

// CloseAll goes through the connections; its lock is one.
func (s *Server) CloseAll() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	for c := range s.live {
		errs = append(errs, c.Close())
		delete(s.live, c)
	}
	return errors.Join(errs...)
}
