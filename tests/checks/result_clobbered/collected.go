package p

import (
	"errors"
	"io"
	"os"
)

type failures []error

func (f *failures) add(err error) {
	if err != nil {
		*f = append(*f, err)
	}
}

func (f failures) err() error { return errors.Join(f...) }

func failuresOf(errs ...error) failures {
	var f failures
	for _, err := range errs {
		f.add(err)
	}
	return f
}

// The first error goes into the collection that is stored in its place.
func closeCollected(errp *error, c io.Closer) {
	var all failures
	all.add(*errp)
	all.add(c.Close())
	*errp = all.err()
}

func closeForgetful(errp *error, c io.Closer) {
	var all failures
	all.add(c.Close())
	*errp = all.err()
}

func size(name string) (n int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer closeCollected(&err, f)
	b, err := io.ReadAll(f)
	if err != nil {
		return 0, err
	}
	return len(b), nil
}

func sizeForgotten(name string) (n int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer closeForgetful(&err, f) // want "this overwrites the error that `err` may hold"
	b, err := io.ReadAll(f)
	if err != nil {
		return 0, err
	}
	return len(b), nil
}

func sizes(names []string) (n int, err error) {
	var open []io.Closer
	defer func() {
		all := failuresOf(err)
		for _, c := range open {
			all.add(c.Close())
		}
		err = all.err()
	}()
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		open = append(open, f)
	}
	return len(open), nil
}
