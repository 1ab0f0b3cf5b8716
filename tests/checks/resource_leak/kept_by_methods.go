package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// The constructor opens by a method of what it makes.
type spool struct {
	name string
	f    *os.File
}

func newSpool(name string) (*spool, error) {
	s := &spool{name: name}
	if err := s.reopen(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *spool) reopen() error { return s.open() }

func (s *spool) open() error {
	f, err := os.Open(s.name)
	if err != nil {
		return err
	}
	s.f = f
	return nil
}

func (s *spool) Size() (int64, error) {
	st, err := s.f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

func (s *spool) Close() error { return s.f.Close() }

func spoolSize(name string) (int64, error) {
	s, err := newSpool(name) // want "`s` may be still open when `spoolSize` returns"
	if err != nil {
		return 0, err
	}
	return s.Size()
}

func spoolSizeClosed(name string) (int64, error) {
	s, err := newSpool(name)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return s.Size()
}

// A function does as well as a method.
func fill(s *spool, name string) (err error) {
	s.f, err = os.Open(name)
	return err
}

func filledSpool(name string) (*spool, error) {
	s := new(spool)
	if err := fill(s, name); err != nil {
		return nil, err
	}
	return s, nil
}

func filledSize(name string) (int64, error) {
	s, err := filledSpool(name) // want "`s` may be still open when `filledSize` returns"
	if err != nil {
		return 0, err
	}
	return s.Size()
}

func filledSizeClosed(name string) (int64, error) {
	s, err := filledSpool(name)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return s.Size()
}

// What it opens it closes, and nothing is left of it.
type counter struct{ n int }

func (c *counter) read(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		c.n++
	}
	return sc.Err()
}

func (c *counter) Close() error { return nil }

func newCounter(name string) (*counter, error) {
	c := &counter{}
	if err := c.read(name); err != nil {
		return nil, err
	}
	return c, nil
}

func countLines(name string) (int, error) {
	c, err := newCounter(name)
	if err != nil {
		return 0, err
	}
	return c.n, nil
}

// Somebody else knows it as well.
var spools = map[string]*spool{}

func sharedSpool(name string) (*spool, error) {
	if s := spools[name]; s != nil {
		return s, nil
	}
	s := &spool{name: name}
	if err := s.open(); err != nil {
		return nil, err
	}
	spools[name] = s
	return s, nil
}

func sharedSize(name string) (int64, error) {
	s, err := sharedSpool(name)
	if err != nil {
		return 0, err
	}
	return s.Size()
}

// Lists that grow.
type files struct{ all []*os.File }

func (l *files) Close() error {
	var errs []error
	for _, f := range l.all {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

func openFiles(names ...string) (*files, error) {
	l := &files{}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			l.Close()
			return nil, err
		}
		l.all = append(l.all, f)
	}
	return l, nil
}

func firstOf(names ...string) ([]byte, error) {
	l, err := openFiles(names...) // want "`l` may be still open when `firstOf` returns"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(l.all[0])
}

func firstOfClosed(names ...string) ([]byte, error) {
	l, err := openFiles(names...)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	return io.ReadAll(l.all[0])
}

// A method adds to the list what it makes.
type part struct {
	f *os.File
	w *bufio.Writer
}

func (p *part) close() error { return errors.Join(p.w.Flush(), p.f.Close()) }

type parts struct {
	dir  string
	list []*part
}

func (p *parts) add(name string) (*part, error) {
	f, err := os.Create(filepath.Join(p.dir, name))
	if err != nil {
		return nil, err
	}
	one := &part{f: f, w: bufio.NewWriter(f)}
	p.list = append(p.list, one)
	return one, nil
}

func (p *parts) Close() (err error) {
	for _, one := range p.list {
		err = errors.Join(err, one.close())
	}
	return err
}

func newParts(dir string) (*parts, error) {
	p := &parts{dir: dir}
	if _, err := p.add("0"); err != nil {
		return nil, err
	}
	return p, nil
}

func writeParts(dir string, data []byte) error {
	p, err := newParts(dir) // want "`p` may be still open when `writeParts` returns"
	if err != nil {
		return err
	}
	one, err := p.add("1")
	if err != nil {
		return err
	}
	if _, err := one.w.Write(data); err != nil {
		return err
	}
	return p.Close()
}

// The method that opens closes what was open before.
type rolling struct {
	dir string
	cur *os.File
}

func (r *rolling) roll(name string) error {
	f, err := os.Create(filepath.Join(r.dir, name))
	if err != nil {
		return err
	}
	if r.cur != nil {
		if err := r.cur.Close(); err != nil {
			f.Close()
			return err
		}
	}
	r.cur = f
	return nil
}

func (r *rolling) Close() error { return r.cur.Close() }

func startRolling(dir string) (*rolling, error) {
	r := &rolling{dir: dir}
	if err := r.roll("0"); err != nil {
		return nil, err
	}
	return r, nil
}

func writeAll(dir string, lines ...string) error {
	r, err := startRolling(dir) // want "`r` may be still open when `writeAll` returns"
	if err != nil {
		return err
	}
	for _, line := range lines {
		if _, err := r.cur.WriteString(line); err != nil {
			return err
		}
	}
	return r.Close()
}

// What it gives is closed already.
func endedRolling(dir string) (*rolling, error) {
	r := &rolling{dir: dir}
	if err := r.roll("0"); err != nil {
		return nil, err
	}
	return r, r.Close()
}

func rollOnce(dir string) (string, error) {
	r, err := endedRolling(dir)
	if err != nil {
		return "", err
	}
	return r.dir, nil
}

// Options set what they are given.
type option func(*spool) error

func named(name string) option {
	return func(s *spool) error { s.name = name; return nil }
}

func spoolWith(opts ...option) (*spool, error) {
	s := &spool{}
	for _, o := range opts {
		if err := o(s); err != nil {
			return nil, err
		}
	}
	f, err := os.Open(s.name)
	if err != nil {
		return nil, err
	}
	s.f = f
	return s, nil
}

func sizeWith(name string) (int64, error) {
	s, err := spoolWith(named(name)) // want "`s` may be still open when `sizeWith` returns"
	if err != nil {
		return 0, err
	}
	return s.Size()
}

func main() {
	println(spoolSize("a"))
	println(spoolSizeClosed("a"))
	println(filledSize("a"))
	println(filledSizeClosed("a"))
	println(countLines("a"))
	println(sharedSize("a"))
	_, _ = firstOf("a", "b")
	_, _ = firstOfClosed("a", "b")
	_ = writeParts(".", nil)
	_ = writeAll(".", "1", "2")
	println(rollOnce("."))
	println(sizeWith("a"))
}
