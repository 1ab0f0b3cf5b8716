package kept

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

func ifNil(name string, r io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	_, err = io.Copy(f, r)
	return err
}

func ifNilToo(name string, r io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); cerr != nil && err == nil {
			err = cerr
		}
	}()
	_, err = io.Copy(f, r)
	return err
}

func early(name string, r io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		cerr := f.Close()
		if err != nil {
			return
		}
		err = cerr
	}()
	_, err = io.Copy(f, r)
	return err
}

func joined(name string, r io.Reader) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = io.Copy(f, r)
	return err
}

func wrapped(f func() error) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("wrapped: %w", err)
		}
	}()
	return f()
}

func translated(f func() error) (err error) {
	defer func() {
		if errors.Is(err, io.EOF) {
			err = nil
		}
	}()
	return f()
}

func hidden(f func() error) (err error) {
	defer func() {
		if err != nil {
			err = errors.New("internal error")
		}
	}()
	return f()
}

func recovered(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return f()
}

func recoveredSwitch(f func() error) (n int, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			n, err = -1, r
		default:
			panic(r)
		}
	}()
	return 1, f()
}

func guarded(f func() error) (err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		err = errors.New("panicked")
	}()
	return f()
}

func canceled(ctx context.Context, f func() error) (err error) {
	defer func() {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
	}()
	return f()
}

// Nothing but nil is there.
func onlyNil(name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = f.Close() }()
	return nil
}

// The other result is set on failure only.
func onFailure(names []string) (fs []*os.File, err error) {
	defer func() {
		if err == nil {
			return
		}
		for _, f := range fs {
			f.Close()
		}
		fs = nil
	}()
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return fs, err
		}
		fs = append(fs, f)
	}
	return fs, nil
}

func added(xs []int) (sum int) {
	defer func() { sum += 5 }()
	return len(xs)
}

func closeInto(c io.Closer, err *error) {
	if cerr := c.Close(); cerr != nil && *err == nil {
		*err = cerr
	}
}

func byHelper(name string, use func(io.Reader) error) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer closeInto(f, &err)
	return use(f)
}

// The flag stands only if f panics.
func panicking(f func() error, release func(error)) (err error) {
	panicked := true
	defer func() {
		if panicked {
			err = errors.New("panicked")
		}
		release(err)
	}()
	err = f()
	panicked = false
	return
}

type manyErrors []error

type collectedError struct{ all manyErrors }

func (c *collectedError) orNil() error {
	if c == nil || len(c.all) == 0 {
		return nil
	}
	return errors.Join(c.all...)
}

func (c *collectedError) with(err error) *collectedError {
	if c == nil {
		c = &collectedError{}
	}
	c.all = append(c.all, err)
	return c
}

// What the return took from the collection is taken once more, with all of it.
func collects(fs []func() error) (err error) {
	var all *collectedError
	defer func() {
		if r := recover(); r != nil {
			all = all.with(errors.New("panicked"))
		}
		err = all.orNil()
	}()
	for _, f := range fs {
		if e := f(); e != nil {
			all = all.with(e)
		}
	}
	return all.orNil()
}

type tree struct{ leaves int }

func (t *tree) check() error { return nil }

// With an error there is no tree.
func grow(name string) (t *tree, err error) {
	defer func() {
		if t == nil {
			return
		}
		err = t.check()
	}()
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	t = &tree{int(info.Size())}
	if info.IsDir() {
		return nil, errors.New("no leaves")
	}
	return t, nil
}

func growBoth(name string) (t *tree, err error) {
	defer func() {
		if t == nil {
			return
		}
		err = t.check() // want "overwrites the error"
	}()
	t = &tree{}
	_, err = os.Stat(name)
	return t, err
}

// The first one was told, and the other goes to the caller.
func watched(name string, stop func() error) (err error) {
	defer func() {
		if stopped := stop(); stopped != nil {
			log.Printf("returning %v, not %v", stopped, err)
			err = stopped
		}
	}()
	_, err = os.Stat(name)
	return err
}

func watchedSilently(name string, stop func() error) (err error) {
	defer func() {
		if stopped := stop(); stopped != nil {
			log.Printf("returning %v", stopped)
			err = stopped // want "overwrites the error"
		}
	}()
	_, err = os.Stat(name)
	return err
}
