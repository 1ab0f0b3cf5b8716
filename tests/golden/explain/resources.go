package p

import (
	"errors"
	"io"
	"net/http"
	"os"
	"sync"
)

//explain: store.copyFile
//explain: get
//explain: each
//explain: store.size
//json

type store struct {
	mu    sync.RWMutex
	names map[string]string
	files []*os.File
}

func (s *store) copyFile(from, to string, keep bool) error {
	s.mu.Lock()
	if _, ok := s.names[from]; ok {
		return errors.New("known")
	}
	s.names[from] = to
	s.mu.Unlock()
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	defer dst.Close()
	if keep {
		s.files = append(s.files, src)
		panic("kept")
	}
	_, err = io.Copy(dst, src)
	src.Close()
	return err
}

func get(c *http.Client, url string, later bool) (io.ReadCloser, error) {
	resp, err := c.Get(url)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, errors.New("no")
	}
	if later {
		go func() {
			defer resp.Body.Close()
			io.Copy(io.Discard, resp.Body)
		}()
		return nil, nil
	}
	return resp.Body, nil
}

func each(names []string) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			os.Exit(1)
		}
		if name == "" {
			continue
		}
		f.Close()
	}
}

func (s *store) lockAll() { s.mu.RLock() }

func (s *store) size(key string) int {
	s.lockAll()
	if key == "" {
		return 0
	}
	defer func() { s.mu.RUnlock() }()
	return len(s.names[key])
}
