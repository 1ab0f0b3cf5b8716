package p

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

func closeInto(c io.Closer, errp *error) {
	if err := c.Close(); err != nil && *errp == nil {
		*errp = err
	}
}

// The helper is given the error by its address.
func copied(to, from string) (err error) {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer closeInto(src, &err)
	dst, err := os.Create(to)
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	defer closeInto(dst, &err)
	_, err = io.Copy(dst, src)
	return err
}

func halfCopied(to, from string) (err error) {
	src, err := os.Open(from) // want "`src` may be still open when `halfCopied` returns"
	if err != nil {
		return err
	}
	dst, err := os.Create(to)
	if err != nil {
		return err
	}
	defer closeInto(dst, &err)
	_, err = io.Copy(dst, src)
	return errors.Join(err, src.Close())
}

// The caller gets a function that closes it.
func output(name string) (out io.Writer, done func(), err error) {
	if name == "" {
		return os.Stdout, func() {}, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, nil, err
	}
	w := bufio.NewWriter(f)
	return w, func() {
		w.Flush()
		f.Close()
	}, nil
}

func opened(name string) (*os.File, func(), error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, nil, err
	}
	return f, func() { f.Close() }, nil
}

func printed(name string) error {
	out, done, err := output(name)
	if err != nil {
		return err
	}
	defer done()
	f, closeIt, err := opened(name + ".log")
	if err != nil {
		return err
	}
	defer closeIt()
	fmt.Fprintln(out, f.Name())
	return nil
}
