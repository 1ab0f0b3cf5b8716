package p

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"testing"
)

var errShort = errors.New("short")

func early(name string) error {
	f, err := os.Open(name) // want "`f` may be still open when `early` returns at line 22: `os.Open` succeeded, and nothing on that way closes it \(file\)"
	if err != nil {
		return err
	}
	st, err := f.Stat()
	if err != nil {
		return err // note "it returns here"
	}
	if st.Size() == 0 {
		return errShort
	}
	return f.Close()
}

func deferred(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Stat()
	return err
}

func deferredLiteral(name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	_, err = f.Stat()
	return err
}

func onlyWhenOpen(name string) error {
	var f *os.File
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return use(f)
}

func use(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

func closeAll(cs ...io.Closer) {
	for _, c := range cs {
		c.Close()
	}
}

func inHelper(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer closeQuietly(f)
	return use(f)
}

func closeQuietly(c io.Closer) { _ = c.Close() }

func handedOver(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Stat(); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func wrapperLeaks(name string) error {
	f, err := handedOver(name) // want "`f` may be still open when `wrapperLeaks` returns at line"
	if err != nil {
		return err
	}
	return use(f)
}

type store struct{ f *os.File }

func (s *store) open(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s.f = f
	return nil
}

func inStruct(name string) (*store, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &store{f: f}, nil
}

func keptInSlice(names []string) (all []*os.File, err error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return all, err
		}
		all = append(all, f)
	}
	return all, nil
}

func inLoop(names []string) error {
	for _, name := range names {
		f, err := os.Open(name) // want "`f` (may be|is) still open when"
		if err != nil {
			return err
		}
		if err := use(f); err != nil {
			return err
		}
	}
	return nil
}

func conditional(name string, use bool) error {
	var f *os.File
	var err error
	if use {
		f, err = os.Open(name)
		if err != nil {
			return err
		}
	}
	fmt.Println(name)
	if use {
		return f.Close()
	}
	return nil
}

func retry(name string) (*os.File, error) {
	for {
		f, err := os.Open(name)
		if err == nil {
			return f, nil
		}
		if !errors.Is(err, os.ErrPermission) {
			return nil, err
		}
	}
}

func wrapped(name string) (string, error) {
	f, err := os.Open(name) // want "`f` may be still open"
	if err != nil {
		return "", err
	}
	return bufio.NewReader(f).ReadString('\n')
}

func body(url string) (int, error) {
	resp, err := http.Get(url) // want "the body of `resp` may be still open when `body` returns"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func bodyClosed(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func bodyHelper(url string) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer drain(resp)
	return nil
}

func drain(resp *http.Response) {
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
}

func cleanup(t *testing.T, name string) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
}

func spawned(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	go func() {
		defer f.Close()
		use(f)
	}()
	return nil
}

func panics(name string) {
	f, err := os.Open(name)
	if err != nil {
		panic(err)
	}
	defer f.Close()
}

// Each turn has a variable of its own, which the deferred literal closes.
func eachOfTwoKinds(names []string, temporary bool) error {
	for _, name := range names {
		var f *os.File
		var err error
		if temporary {
			f, err = os.Create(name)
		} else {
			f, err = os.Open(name)
		}
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
	}
	return nil
}
