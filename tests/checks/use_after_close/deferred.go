package p

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
)

func flushLast(name, s string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	defer w.Flush() // want "`Flush`, deferred here, runs when `f` is closed already \(deferred at line 19\): the call fails; deferred calls run last first"
	defer f.Close()
	_, err = w.WriteString(s)
	return err
}

func trailerLast(name string, r io.Reader) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	defer gz.Close() // want "`Close`, deferred here, runs when `f` is closed already"
	defer func() {
		if err := f.Close(); err != nil {
			fmt.Println(err)
		}
	}()
	_, err = io.Copy(gz, r)
	return err
}

func endLast(name, s string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer fmt.Fprintln(f, "end") // want "`Fprintln`, deferred here"
	defer f.Close()
	_, err = f.WriteString(s)
	return err
}

func flushAfterClose(name, s string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	defer w.Flush() // want "runs when `f` is closed already \(at line 61\): the call fails; call it before the Close"
	if _, err := w.WriteString(s); err != nil {
		return err
	}
	return f.Close()
}

func drainLast(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer io.Copy(io.Discard, resp.Body) // want "`Copy`, deferred here"
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil
	}
	return nil
}

// Look-alikes.

func rightOrder(name, s string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	_, err = w.WriteString(s)
	return err
}

func safetyNet(name string, r io.Reader) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(f)
	defer gz.Close()
	defer f.Close()
	if _, err := io.Copy(gz, r); err != nil {
		return err
	}
	if err := gz.Close(); err != nil {
		return err
	}
	return f.Close()
}

func reader(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	gz, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	defer gz.Close()
	defer f.Close()
	return io.ReadAll(gz)
}

func named(name string) error {
	f, err := os.CreateTemp("", name)
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Name()
	defer f.Close()
	return nil
}

func other(name, to, s string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	g, err := os.Create(to)
	if err != nil {
		f.Close()
		return err
	}
	w := bufio.NewWriter(g)
	defer g.Close()
	defer w.Flush()
	defer f.Close()
	_, err = fmt.Fprintln(w, s)
	return err
}

type store struct {
	f  *os.File
	ok bool
}

func openStore(name string) (*store, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &store{f: f, ok: true}, nil
}

func (s *store) Close() error { return s.f.Close() }

func (s *store) get(n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := s.f.Read(b)
	return b, err
}

func (s *store) maybe(n int) ([]byte, error) {
	if !s.ok {
		return nil, nil
	}
	return s.get(n)
}

func (s *store) name() string { return s.f.Name() }

func afterClose(name string) ([]byte, error) {
	s, err := openStore(name)
	if err != nil {
		return nil, err
	}
	s.Close()
	return s.get(3) // want "`s` is used by `s.get` after it was closed at line 187"
}

func nameAfterClose(name string) (string, error) {
	s, err := openStore(name)
	if err != nil {
		return "", err
	}
	if err := s.Close(); err != nil {
		return "", err
	}
	return s.name(), nil
}

func maybeAfterClose(name string) ([]byte, error) {
	s, err := openStore(name)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return s.maybe(3)
}
