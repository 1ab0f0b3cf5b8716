package p

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
)

type Config struct {
	Name string
	N    int
}

func parse(f *os.File) (*Config, error) {
	var c Config
	if err := json.NewDecoder(f).Decode(&c); err != nil {
		return nil, err
	}
	return &c, nil
}
func loadAll(names []string) (cs []*Config, err error) {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return nil, err
		}
		defer f.Close() // want "^warning: "
		c, err := parse(f)
		if err != nil {
			return nil, err
		}
		cs = append(cs, c)
	}
	return cs, nil
}
func lines(names []string) (out []string, err error) {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		defer f.Close() // want "^warning: "
		sc := bufio.NewScanner(f)
		for sc.Scan() {
			out = append(out, sc.Text())
		}
		if sc.Err() != nil {
			return nil, sc.Err()
		}
	}
	return out, nil
}

type source struct {
	r *bufio.Reader
	f *os.File
}

func newSource(f *os.File) *source { return &source{r: bufio.NewReader(f), f: f} }
func (s *source) next() string     { l, _ := s.r.ReadString('\n'); return l }
func merge(names []string) {
	var srcs []*source
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return
		}
		defer f.Close()
		srcs = append(srcs, newSource(f))
	}
	for _, s := range srcs {
		s.next()
	}
}

type pool struct{ conns map[string]net.Conn }

func (p *pool) add(n string, c net.Conn) { p.conns[n] = c }
func (p *pool) use()                     {}
func dialAll(hosts []string) error {
	p := &pool{conns: map[string]net.Conn{}}
	for _, h := range hosts {
		c, err := net.Dial("tcp", h)
		if err != nil {
			return err
		}
		defer c.Close()
		p.add(h, c)
	}
	p.use()
	return nil
}
func fetch(urls []string) error {
	for _, u := range urls {
		resp, err := http.Get(u)
		if err != nil {
			return err
		}
		defer resp.Body.Close() // want "^warning: "
		if resp.StatusCode != 200 {
			return fmt.Errorf("%s", resp.Status)
		}
		io.Copy(io.Discard, resp.Body)
	}
	return nil
}
func retry(u string) (*http.Response, error) {
	for i := 0; i < 5; i++ {
		resp, err := http.Get(u)
		if err != nil {
			continue
		}
		if resp.StatusCode == 500 {
			resp.Body.Close()
			continue
		}
		defer resp.Body.Close()
		return resp, nil
	}
	return nil, nil
}
func queries(db *sql.DB, qs []string) error {
	for _, q := range qs {
		rows, err := db.Query(q)
		if err != nil {
			return err
		}
		defer rows.Close() // want "^warning: "
		for rows.Next() {
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return nil
}
func txs(db *sql.DB, qs []string) error {
	for _, q := range qs {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback() // want "^warning: "
		if _, err := tx.Exec(q); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}
func poll(ctx context.Context, f func(context.Context) error) error {
	for {
		c, cancel := context.WithTimeout(ctx, 1)
		defer cancel() // want "^warning: "
		if err := f(c); err == nil {
			return nil
		}
	}
}

type item struct {
	mu sync.Mutex
	n  int
}

func bump(items map[string]*item) {
	for _, it := range items {
		it.mu.Lock()
		defer it.mu.Unlock() // want "^warning: "
		it.n++
	}
}
func lockAll(items []*item) int {
	for _, it := range items {
		it.mu.Lock()
		defer it.mu.Unlock()
	}
	n := 0
	for _, it := range items {
		n += it.n
	}
	return n
}

type job interface {
	Open() error
	Close() error
	Do()
}

func jobs(js []job) error {
	for _, j := range js {
		if err := j.Open(); err != nil {
			return err
		}
		defer j.Close() // want "^warning: "
		j.Do()
	}
	return nil
}
func stops(js []job) {
	for _, j := range js {
		defer j.Close()
	}
	for _, j := range js {
		j.Do()
	}
}
func server(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close() // want "^warning: "
		go handle(c)
	}
}
func handle(net.Conn) {}
func serverSync(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close() // want "^warning: "
		handle(c)
	}
}
func cleanup(f *os.File) {
	if err := f.Close(); err != nil {
		fmt.Println(err)
	}
}
func helper(names []string) {
	for _, n := range names {
		f, err := os.Create(n)
		if err != nil {
			continue
		}
		defer cleanup(f) // want "^warning: "
		fmt.Fprintln(f, n)
	}
}
func report(f *os.File) {
	if err := f.Close(); err != nil {
		fmt.Println(err)
	}
}
func helper2(names []string) {
	for _, n := range names {
		f, err := os.Create(n)
		if err != nil {
			continue
		}
		defer report(f) // want "^warning: "
		fmt.Fprintln(f, n)
	}
}
func count(names []string) {
	var mu sync.Mutex
	n := 0
	for range names {
		defer func() { mu.Lock(); n++; mu.Unlock() }() // want "^info: "
	}
}
func wait(names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Add(1)
		f, _ := os.Open(n)
		defer f.Close()
		go func() { defer wg.Done(); io.Copy(io.Discard, f) }()
	}
	wg.Wait()
}

type store interface {
	Put(name string, r io.Reader) error
}

func upload(s store, names []string) error {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close() // want "^warning: "
		if err := s.Put(n, f); err != nil {
			return err
		}
	}
	return nil
}
func multi(names []string, w io.Writer) error {
	var rs []io.Reader
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return err
		}
		defer f.Close()
		rs = append(rs, f)
	}
	_, err := io.Copy(w, io.MultiReader(rs...))
	return err
}
func goto1(c chan string) {
next:
	n, ok := <-c
	if !ok {
		return
	}
	f, err := os.Open(n)
	if err != nil {
		goto next
	}
	defer f.Close() // want "^warning: "
	goto next
}
func tmp(n int) (dirs []string) {
	for i := 0; i < n; i++ {
		d, err := os.MkdirTemp("", "x")
		if err != nil {
			return
		}
		defer os.RemoveAll(d)
		dirs = append(dirs, d)
	}
	use(dirs)
	return nil
}
func use([]string) {}
func tmp2(n int) {
	for i := 0; i < n; i++ {
		d, err := os.MkdirTemp("", "x")
		if err != nil {
			return
		}
		defer os.RemoveAll(d) // want "^warning: "
		use([]string{d})
	}
}
