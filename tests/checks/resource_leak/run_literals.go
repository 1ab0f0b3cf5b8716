package p

import (
	"database/sql"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// What a literal acquires for the function around it, which has someone run it.

func attempt(n int, f func() error) error {
	var err error
	for range n {
		if err = f(); err == nil {
			return nil
		}
		time.Sleep(time.Millisecond)
	}
	return err
}

type pacer struct{ tries int }

func (p *pacer) call(f func() (again bool, err error)) error {
	for range p.tries {
		again, err := f()
		if !again {
			return err
		}
	}
	return errors.New("given up")
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

func statusOf(url string) (int, error) {
	var resp *http.Response
	err := attempt(3, func() error {
		var err error
		resp, err = http.Get(url) // want "the body of `resp` may be still open when `statusOf` returns at line 55: `http.Get` succeeded, and nothing on that way closes it \(http-body\)"
		return err
	})
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func sizeOf(p *pacer, name string) (size int64, err error) {
	var f *os.File
	err = p.call(func() (bool, error) {
		f, err = os.Open(name) // want "`f` may be still open when `sizeOf` returns at line 69"
		return errors.Is(err, os.ErrPermission), err
	})
	if err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), f.Close()
}

func connect(addr string) (time.Duration, error) {
	var c net.Conn
	var err error
	took := timed(func() {
		c, err = net.Dial("tcp", addr) // want "`c` may be still open when `connect` returns at line 84"
	})
	if err != nil {
		return 0, err
	}
	if c.LocalAddr() == nil {
		return 0, errors.New("no address")
	}
	return took, c.Close()
}

func fetch(url string) (*http.Response, error) {
	var resp *http.Response
	err := attempt(3, func() (err error) {
		r, err := http.Get(url)
		if err != nil {
			return err
		}
		resp = r
		return nil
	})
	return resp, err
}

func useFetched(url string) (int, error) {
	resp, err := fetch(url) // want "the body of `resp` may be still open when `useFetched` returns at line 107"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// Look-alikes.

func bodyOf(url string) ([]byte, error) {
	var resp *http.Response
	err := attempt(3, func() (err error) {
		resp, err = http.Get(url)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func closedInLiteral(url string) (int, error) {
	var resp *http.Response
	err := attempt(3, func() (err error) {
		resp, err = http.Get(url)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	})
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func deferredBefore(name string) (int64, error) {
	var f *os.File
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
	err := attempt(3, func() (err error) {
		f, err = os.Open(name)
		return err
	})
	if err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

type store struct{ db *sql.DB }

func openStore(dsn string) (*store, error) {
	var db *sql.DB
	if err := attempt(5, func() (err error) {
		db, err = sql.Open("postgres", dsn)
		return err
	}); err != nil {
		return nil, err
	}
	return &store{db: db}, nil
}

func (s *store) Close() error { return s.db.Close() }

func readFetched(url string) ([]byte, error) {
	resp, err := fetch(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func closedByAnother(addr string) error {
	var c net.Conn
	if err := attempt(3, func() (err error) {
		c, err = net.Dial("tcp", addr)
		return err
	}); err != nil {
		return err
	}
	return attempt(3, func() error { return c.Close() })
}

func started(wg *sync.WaitGroup, name string) {
	var f *os.File
	wg.Add(1)
	go func() {
		defer wg.Done()
		f, _ = os.Open(name)
	}()
	wg.Wait()
	if f != nil {
		f.Close()
	}
}

func checked(p *pacer, url string) error {
	var resp *http.Response
	err := p.call(func() (bool, error) {
		var err error
		resp, err = http.Get(url)
		return shouldTryAgain(resp, err)
	})
	return err
}

func shouldTryAgain(resp *http.Response, err error) (bool, error) {
	if err != nil {
		return true, err
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusTooManyRequests, nil
}
