package fresh

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

func report(n int, err error) { log.Print(n, err) }

// Nothing changes.
func unchanged(name string) (err error) {
	start := time.Now()
	defer log.Println("read", name, start)
	_, err = os.ReadFile(name)
	return err
}

// The variables are read when it runs.
func literal(f func() error) (err error) {
	start := time.Now()
	defer func() { log.Print(time.Since(start), err) }()
	return f()
}

func start(f func() error) (err error) {
	defer func(begin time.Time) { log.Print(time.Since(begin), err) }(time.Now())
	return f()
}

// The time was up before the defer.
func measured(f func()) {
	begin := time.Now()
	f()
	took := time.Since(begin)
	defer log.Print(took)
}

func pointers(names []string) {
	var sb strings.Builder
	n := new(int)
	m := map[string]int{}
	defer show(&sb, n, m)
	for _, s := range names {
		sb.WriteString(s)
		*n++
		m[s]++
	}
}

func show(sb *strings.Builder, n *int, m map[string]int) {}

type level int

type logger struct {
	lvl level
	mu  sync.Mutex
}

func (l *logger) setLevel(x level)      { l.lvl = x }
func (l *logger) restore(x level)       { l.lvl = x }
func (l *logger) with(s string) *logger { return &logger{} }
func (l *logger) print(s string)        {}

// What is put back.
func (l *logger) quietly(f func()) {
	defer l.setLevel(l.lvl)
	l.lvl = 0
	f()
}

func (l *logger) quietly2(f func()) {
	old := l.lvl
	defer l.restore(old)
	l.lvl = 0
	old++
	f()
}

var verbosity int

func saved(f func()) {
	defer func(old int) { verbosity = old }(verbosity)
	verbosity = 3
	f()
}

func savedDir(dir string) error {
	wd, err := os.Getwd()
	if err != nil {
		return err
	}
	defer os.Chdir(wd)
	wd = dir
	return os.Chdir(wd)
}

// Each iteration has its own.
func loop(names []string) {
	for i, s := range names {
		defer fmt.Println(i, s)
	}
	n := 0
	for n < 3 {
		defer fmt.Println(n)
		n++
	}
}

func stages(seq func(yield func(int) bool)) {
	n := 0
	for i := range seq {
		n++
		defer fmt.Println(i, n)
	}
}

// The lock that was locked.
func locks(ls []*logger) {
	l := ls[0]
	l.mu.Lock()
	defer l.mu.Unlock()
	l = ls[1]
	l.print("x")
}

// Each value has its own defer.
func copyFile(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReader(f)
	f, err = os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

// The new value wraps the old one.
func wraps(r *http.Request) error {
	body := r.Body
	defer body.Close()
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(body)
		if err != nil {
			return err
		}
		body = z
	}
	_, err := io.Copy(io.Discard, body)
	return err
}

func upgrades(c net.Conn, wrap func(net.Conn) net.Conn) error {
	defer c.Close()
	c = wrap(c)
	_, err := c.Write([]byte("x"))
	return err
}

// A body that was read is replaced by a copy of what it said.
func replaces(resp *http.Response) ([]byte, error) {
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(b))
	return b, err
}

func contexts(ctx context.Context, f func(context.Context)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer audit(ctx)
	ctx, cancel = context.WithTimeout(ctx, time.Second)
	defer cancel()
	f(ctx)
}

func audit(ctx context.Context) {}

// It is closed by hand.
func retries(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	c, err = net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	_, err = c.Write(nil)
	c.Close()
	return err
}

// The old file is to be closed; the new one is the caller's.
func reopen(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	f, err = os.Open(name + ".1")
	return f, err
}

// The name of what was made.
func temp(dir string) error {
	path := dir + "/a"
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		return err
	}
	defer os.Remove(path)
	path = dir + "/b"
	_, err := os.Stat(path)
	return err
}

// A buffer that grows goes back to its pool.
func pooled(p *sync.Pool, s string) {
	buf := p.Get().(*bytes.Buffer)
	defer p.Put(buf)
	buf.WriteString(s)
}

type stats struct {
	lines int
	name  string
	out   *os.File
}

func (s stats) title()       { fmt.Println(s.name) }
func (s stats) close() error { return s.out.Close() }
func (s *stats) add()        { s.lines++ }
func (s *stats) print()      {}

// The method reads nothing that changes.
func receivers(names []string) {
	s := stats{name: "x"}
	defer s.title()
	defer s.close()
	defer s.print()
	for range names {
		s.lines++
		s.add()
	}
}

// On this way the error is there, and is only wrapped afterwards.
func onFailure(f func() error) (err error) {
	if err = f(); err != nil {
		defer log.Print("failed: ", err)
		return fmt.Errorf("f: %w", err)
	}
	return nil
}

// The beginning of what ends later.
func traced(name string) {
	defer un(trace(name))
	name = strings.ToUpper(name)
	fmt.Println(name)
}

func trace(name string) string { return name }
func un(name string)           {}

// Changed before only.
func before(f func() error) {
	err := f()
	if err == nil {
		err = f()
	}
	defer report(1, err)
}

// On another way.
func otherWay(f func() error, now bool) (err error) {
	if now {
		defer report(1, err)
		return nil
	}
	err = f()
	return err
}

type stack struct{ items []int }

func (s *stack) unwind(n int) { s.items = s.items[:n] }
func (s *stack) push(n int)   { s.items = append(s.items, n) }

// How far to go back.
func (s *stack) frame() {
	defer s.unwind(len(s.items))
	s.push(1)
}

func (s *stack) frame2() {
	defer func(n int) { s.items = s.items[:n] }(len(s.items))
	s.push(1)
}

// The other file has a defer of its own, by its own name.
func index(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if ff, err := os.Open(dir + "/index"); err == nil {
		defer ff.Close()
		f = ff
	}
	_, err = io.Copy(io.Discard, f)
	return err
}

func launch(name string) string { return name + "-1" }
func containerRemove(id string) {}

// Each is removed by a call of its own.
func both() {
	id := launch("a")
	defer containerRemove(id)
	fmt.Println(id)
	id = launch("b")
	defer containerRemove(id)
	fmt.Println(id)
}

func firstOnly() {
	id := launch("a")
	defer containerRemove(id) // want "`id` is evaluated by the `defer` statement and changes"
	fmt.Println(id)
	id = launch("b")
	fmt.Println(id)
}
