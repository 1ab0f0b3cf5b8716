package p

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
)

// Nothing in the package asks this scanner for its error.
type session struct {
	conn net.Conn
	in   *bufio.Scanner
}

func serve(conn net.Conn) {
	in := bufio.NewScanner(conn)
	in.Split(bufio.ScanLines)
	s := &session{conn: conn, in: in}
	s.run()
}

func (s *session) run() {
	defer s.conn.Close()
	for s.in.Scan() { // want "nothing asks `Err` which it was"
		fmt.Fprintln(s.conn, s.in.Text())
	}
}

// A method of the same struct asks.
type lines struct{ sc *bufio.Scanner }

func newLines(r io.Reader) *lines { return &lines{sc: bufio.NewScanner(r)} }

func (l *lines) each(f func(string)) {
	for l.sc.Scan() {
		f(l.sc.Text())
	}
}

func (l *lines) failed() bool { return l.sc.Err() != nil }

// It comes from elsewhere, where somebody may ask.
type words struct{ sc *bufio.Scanner }

func wordsOf(sc *bufio.Scanner) *words { return &words{sc} }

func (w *words) count() (n int) {
	for w.sc.Scan() {
		n++
	}
	return n
}

// Others can ask.
type Table struct{ In *bufio.Scanner }

func NewTable(r io.Reader) *Table { return &Table{In: bufio.NewScanner(r)} }

func (t *Table) Len() (n int) {
	for t.In.Scan() {
		n++
	}
	return n
}

// Given to a function.
type lexer struct{ sc *bufio.Scanner }

func lex(f *os.File) error {
	l := &lexer{sc: bufio.NewScanner(f)}
	for l.sc.Scan() {
		fmt.Println(l.sc.Text())
	}
	return problemOf(l.sc)
}

func problemOf(sc *bufio.Scanner) error { return sc.Err() }

// In memory.
type text struct{ sc *bufio.Scanner }

func newText(s string) *text { return &text{bufio.NewScanner(strings.NewReader(s))} }

func (t *text) print() {
	for t.sc.Scan() {
		fmt.Println(t.sc.Text())
	}
}
