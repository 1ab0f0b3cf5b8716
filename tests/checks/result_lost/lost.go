package lost

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"time"
)

func count() int {
	n := 1 // note "`n` is declared here, and is no result"
	defer func() {
		n++ // want "^warning: this is lost: the function has returned the value that `n` had before, and nothing reads `n` any more; .*\[result-lost\]$"
	}()
	return n
}

func save(name string, r io.Reader) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); cerr != nil && err == nil {
			err = cerr // want "this is lost"
		}
	}()
	_, err = io.Copy(f, r)
	return err
}

func recovers(f func()) error {
	var err error
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r) // want "this is lost"
		}
	}()
	f()
	return err
}

// err is not even returned.
func recoversNil(f func() error, name string) error {
	_, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("stat: %w", err)
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r) // want "this error is lost: `err` is no result"
		}
	}()
	return f()
}

type report struct {
	items   int
	elapsed time.Duration
}

func byValue(items []string) report {
	start := time.Now()
	var r report
	defer func() {
		r.elapsed = time.Since(start) // want "this is lost"
	}()
	for range items {
		r.items++
	}
	return r
}

func byValueAndError(items []string) (report, error) {
	start := time.Now()
	r := report{}
	defer func() { r.elapsed = time.Since(start) }() // want "this is lost"
	if len(items) == 0 {
		return r, errors.New("nothing")
	}
	return r, nil
}

func shadow(name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		if err := f.Close(); err != nil {
			err = fmt.Errorf("close %s: %w", name, err) // want "`err` is a variable of the deferred function, not the result"
		}
	}()
	return nil
}

func shadowRecover(f func()) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err := -1, fmt.Errorf("panic: %v", r) // want "`n` is a variable of the deferred" "`err` is a variable of the deferred"
			_, _ = n, err
		}
	}()
	f()
	return 1, nil
}

func copied(f func() error) (err error) {
	defer func(err error) {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r) // want "`err` is a copy that the deferred call was given"
		}
	}(err)
	return f()
}

func copiedStruct() (r report) {
	start := time.Now()
	defer func(r report) {
		r.elapsed = time.Since(start) // want "`r` is a copy"
	}(r)
	r.items = 3
	return r
}

func closeInto(c io.Closer, err *error) {
	if cerr := c.Close(); cerr != nil {
		*err = cerr
	}
}

func byHelper(name string, r io.Reader) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer closeInto(f, &err) // want "what the deferred call stores in `err` is lost"
	_, err = io.Copy(f, r)
	return err
}

func closesAll(cs []io.Closer) error {
	var err error
	defer func() {
		for _, c := range cs {
			err = errors.Join(err, c.Close()) // want "this is lost"
		}
	}()
	return err
}

func slice(names []string) []string {
	var out []string
	defer func() { out = append(out, "end") }() // want "this is lost"
	out = append(out, names...)
	return out
}

// In the literal of a goroutine.
func spawn(f func() error) {
	go func() {
		var err error
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v", r) // want "this error is lost"
			}
		}()
		if err = f(); err != nil {
			log.Print(err)
		}
	}()
}
