// Package ctl is a control socket.
package ctl

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"reflect"
	"runtime/debug"
	"sort"
	"strings"
)

type Handler func(args []string) (any, error)

type Server struct {
	path string
	h    map[string]Handler
	log  *log.Logger
}

// Listen removes an old socket first.
func (s *Server) Listen() error {
	os.Remove(s.path)
	ln, err := net.Listen("unix", s.path)
	if err != nil {
		return err
	}
	defer os.Remove(s.path)
	defer ln.Close()
	for {
		c, err := ln.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			s.log.Fatalf("accept: %v", err)
		}
		go s.serve(c)
	}
}

func (s *Server) serve(c net.Conn) {
	defer c.Close()
	defer s.trap("serve")
	sc := bufio.NewScanner(c)
	enc := json.NewEncoder(c)
	for sc.Scan() {
		v, err := s.call(strings.Fields(sc.Text()))
		if err != nil {
			v = map[string]string{"error": err.Error()}
		}
		if err := enc.Encode(v); err != nil {
			return
		}
	}
	if err := sc.Err(); err != nil {
		s.log.Print(err)
	}
}

// trap is deferred in serve and called elsewhere.
func (s *Server) trap(where string) {
	if r := recover(); r != nil {
		s.log.Printf("%s: %v\n%s", where, r, debug.Stack())
	}
}

func (s *Server) call(f []string) (v any, err error) {
	if len(f) == 0 {
		return nil, errors.New("empty")
	}
	defer func() {
		s.trap(f[0]) // want "^error: "
	}()
	h, ok := s.h[f[0]]
	if !ok {
		return nil, fmt.Errorf("no command %s", f[0])
	}
	return h(f[1:])
}

// Reflect defers by reflection.
func (s *Server) Reflect(f func()) {
	g := reflect.ValueOf(func() {
		if r := recover(); r != nil { // want "^error: "
			s.log.Print(r)
		}
	})
	defer g.Call(nil)
	f()
}

// Help writes the commands.
func (s *Server) Help() []string {
	names := make([]string, 0, len(s.h))
	for n := range s.h {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// recoverAll is called by nobody as a deferred function.
func recoverAll(l *log.Logger) bool {
	r := recover() // want "^error: "
	if r == nil {
		return false
	}
	l.Print(r)
	return true
}

// Safe asks it in plain code.
func (s *Server) Safe(f func()) bool {
	f()
	return !recoverAll(s.log)
}

// Plain may be deferred by other packages.
func (s *Server) Plain(f func()) {
	f()
	if r := recover(); r != nil {
		s.log.Print(r)
	}
}
