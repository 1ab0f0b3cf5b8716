package p

import (
	"os"
	"sync"
)

type state struct {
	mu   sync.Mutex
	path string
}

func (s *state) open() (*os.File, error) {
	s.mu.Lock() // want "may still be locked when `\(\*state\).open` returns"
	f, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (s *state) close(f *os.File) {
	if err := f.Close(); err != nil {
		println(err.Error())
	}
	s.mu.Unlock()
}

// What open leaves behind is reported there.
func (s *state) size() (int64, error) {
	f, err := s.open()
	if err != nil {
		return 0, err
	}
	defer s.close(f)
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (s *state) name() (string, error) {
	f, err := s.open() // want "may still be locked when `\(\*state\).name` returns"
	if err != nil {
		return "", err
	}
	if f.Name() == "" {
		return "", nil
	}
	s.close(f)
	return s.path, nil
}

// What begin returns has the lock and gives it back.
type txn struct{ s *state }

type ender interface{ End() }

func (t *txn) End() { t.s.mu.Unlock() }

func (s *state) begin() ender {
	s.mu.Lock()
	return &txn{s}
}

func (s *state) twice() {
	t := s.begin()
	println(s.path)
	t.End()
	t = s.begin()
	defer t.End()
	println(s.path)
}

type reader struct {
	tx *state
}

func (r *reader) End() { r.tx.mu.Unlock() }

func pick(n int) *state { return &state{} }

func read(n int) ender {
	tx := pick(n)
	tx.mu.Lock()
	return wrap(&reader{tx})
}

func wrap(e ender) ender { return e }

type failer interface {
	Fatal(args ...any)
	Helper()
}

type suspended struct {
	mu sync.Mutex
	n  int
	tb failer
}

// A test that has failed locks nothing any more.
func (s *suspended) resume() {
	s.mu.Lock()
	switch s.n--; {
	case s.n == 0:
		s.mu.Unlock()
	case s.n < 0:
		s.tb.Fatal("resumed too often")
	default:
		s.mu.Unlock()
	}
}
