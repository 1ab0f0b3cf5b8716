package p

import (
	"errors"
	"fmt"
	"io"
	"os"
)

func closeAnd(errp *error, c io.Closer) { *errp = errors.Join(*errp, c.Close()) }

// The variable goes to a function by its address, but not before it was looked
// at.
func header(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		closeAnd(&err, f)
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return b, nil
}

func headerLeft(name string) ([]byte, error) {
	f, err := os.Open(name) // want "`f` may be still open when `headerLeft` returns at line 36"
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	if f.Name() == "" {
		return nil, errors.New("no name")
	}
	b, err := io.ReadAll(f)
	closeAnd(&err, f)
	return b, err
}
