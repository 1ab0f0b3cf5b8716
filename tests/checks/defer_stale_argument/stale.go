package stale

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

func logsError(f func() error) (err error) {
	defer log.Println("done:", err) // want "^warning: `err` is evaluated by the `defer` statement and changes at line 23: the deferred call gets the old value; .*\[defer-stale-argument\]$"
	err = f()                       // note "`err` changes here"
	return err
}

func byReturn(f func() error) (n int, err error) {
	defer report("x", err) // want "`err` is evaluated"
	return 1, f()
}

func report(op string, err error) { log.Print(op, err) }

func elapsed(f func()) {
	start := time.Now()
	defer fmt.Println("took", time.Since(start)) // want "`time.Since\(start\)` is evaluated by the `defer` statement, not when the function ends"
	f()
}

func elapsedOtherwise(f func()) {
	start := time.Now()
	defer fmt.Println("took", time.Now().Sub(start).Seconds()) // want "is evaluated by the `defer` statement, not when"
	f()
}

type timer struct{}

func (timer) Observe(seconds float64) {}

func observes(t timer, f func()) {
	start := time.Now()
	defer t.Observe(time.Since(start).Seconds()) // want "time.Since"
	f()
}

func literalArgument(f func() error) (err error) {
	defer func(err error) { // want "`err` is evaluated"
		if err != nil {
			log.Print(err)
		}
	}(err)
	return f()
}

func flag(work func() bool) {
	ok := false
	defer finish(ok) // want "`ok` is evaluated"
	ok = work()
}

func finish(ok bool) { log.Print(ok) }

func grows(names []string) {
	var bad []string
	defer log.Print(bad) // want "`bad` is evaluated"
	for _, n := range names {
		if n == "" {
			bad = append(bad, n)
		}
	}
}

func length(names []string) {
	seen := map[string]bool{}
	var all []string
	defer log.Printf("%d seen", len(seen)) // want "`seen` is evaluated"
	defer log.Printf("%d all", len(all))   // want "`all` is evaluated"
	for _, n := range names {
		seen[n] = true
		all = append(all, n)
	}
}

func status(w http.ResponseWriter, r *http.Request) {
	code := http.StatusOK
	defer observe(r.Method, strconv.Itoa(code)) // want "`code` is evaluated"
	if r.Method != http.MethodGet {
		code = http.StatusMethodNotAllowed
	}
	w.WriteHeader(code)
}

func observe(labels ...string) {}

type stats struct {
	lines, bytes int
	name         string
}

func (s stats) print()     { fmt.Println(s.lines, s.bytes) }
func (s stats) title()     { fmt.Println(s.name) }
func (s *stats) add(n int) { s.lines++; s.bytes += n }

func copiesReceiver(r io.Reader) error {
	var s stats
	defer s.print() // want "`s` is copied by the `defer` statement, since `print` has a value receiver, and changes at line 118"
	b, err := io.ReadAll(r)
	s.add(len(b))
	return err
}

func copiesThroughPointer(s *stats, n int) {
	defer s.print() // want "`s` is copied"
	s.lines = n
}

func dereferences(s *stats, n int) {
	defer fmt.Println(*s) // want "`\*s` is evaluated"
	s.lines += n
}

func (s *stats) count(xs []string) {
	defer log.Printf("%s: %d lines", s.name, s.lines) // want "`s.lines` is evaluated"
	for range xs {
		s.lines++
	}
}

func (s *stats) countByMethod(xs []string) {
	defer log.Print(s.bytes) // want "`s.bytes` is evaluated"
	for _, x := range xs {
		s.add(len(x))
	}
}

func decoded(data []byte) error {
	var cfg stats
	defer fmt.Println(cfg) // want "`cfg` is evaluated"
	return json.Unmarshal(data, &cfg)
}

func inClosure(run func(func())) {
	n := 0
	defer fmt.Println("count", n) // want "`n` is evaluated"
	run(func() { n++ })
}

func assignedLater(addr string) error {
	var c *net.TCPConn
	defer c.Close() // want "`c` is evaluated"
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	c = conn.(*net.TCPConn)
	_, err = c.Write([]byte("x"))
	return err
}

func reconnects(addr string, use func(net.Conn) error) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close() // want "`c` is evaluated"
	if err := use(c); err != nil {
		c, err = net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		return use(c)
	}
	return nil
}

func cleanup(name string) error {
	remove := func() {}
	defer remove() // want "`remove` is evaluated"
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	remove = func() { os.Remove(name) }
	return f.Close()
}

func attributes(ctx context.Context, f func() error) (err error) {
	defer slog.InfoContext(ctx, "done", slog.Any("err", err)) // want "`err` is evaluated"
	return f()
}

func logger(l *slog.Logger, f func() error) error {
	var err error
	defer l.With("err", err).Info("done") // want "`err` is evaluated"
	err = f()
	return err
}

func inGoroutine(work func() error, done chan<- error) {
	go func() {
		var err error
		defer send(done, err) // want "`err` is evaluated"
		err = work()
	}()
}

func send(done chan<- error, err error) { done <- err }

func structLiteral(emit func(event)) (err error) {
	var n int
	defer emit(event{n: n, err: err}) // want "`n` is evaluated"
	n = 3
	return errors.New("x")
}

type event struct {
	n   int
	err error
}

func inIteration(files []string) {
	for _, name := range files {
		b, err := os.ReadFile(name)
		defer log.Print(name, err) // want "`err` is evaluated"
		if err == nil {
			_, err = bytes.NewReader(b).ReadByte()
		}
	}
}

var total int

func global(xs []int) {
	defer log.Print("total ", total) // want "`total` is evaluated"
	for _, x := range xs {
		total += x
	}
}

func built(names []string) {
	var sb strings.Builder
	defer log.Print(sb.String()) // want "`sb` is evaluated"
	for _, n := range names {
		sb.WriteString(n)
	}
}

func buffered(w io.Writer) {
	buf := &bytes.Buffer{}
	defer log.Print(buf.Len()) // want "`buf` is evaluated"
	fmt.Fprintf(buf, "x")
}

func counted(names []string) {
	var n atomic.Int64
	defer log.Print("total ", n.Load()) // want "`n` is evaluated"
	for range names {
		n.Add(1)
	}
}

func (s *stats) finish(n int) {}

func (s *stats) ends(xs []string) {
	defer s.finish(s.lines) // want "`s.lines` is evaluated"
	for range xs {
		s.lines++
	}
}

func result(name string) (cfg *stats, err error) {
	defer audit(cfg) // want "`cfg` is evaluated"
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &stats{bytes: len(b)}, nil
}

func audit(*stats) {}

func comparison(f func() error) (err error) {
	defer finish(err == nil) // want "`err` is evaluated"
	return f()
}

type duration struct{ d time.Duration }

func wrap(d time.Duration) duration { return duration{d} }

func wrapped(emit func(duration)) {
	begin := time.Now()
	defer emit(wrap(time.Since(begin))) // want "`time.Since\(begin\)` is evaluated"
	defer emit(func() duration { return wrap(time.Since(begin)) }())
}

type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(code int) {
	r.status = code
	r.ResponseWriter.WriteHeader(code)
}

func recorded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		defer log.Println(r.Method, rec.status) // want "`rec.status` is evaluated"
		next.ServeHTTP(rec, r)
	})
}
