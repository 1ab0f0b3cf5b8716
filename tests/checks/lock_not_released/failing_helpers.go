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
