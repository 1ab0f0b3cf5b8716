package p

import (
	"errors"
	"io"
	"log"
	"os"
)

type failures struct{ list []error }

func (f *failures) add(err error) { f.list = append(f.list, err) }

func (f *failures) err() error { return errors.Join(f.list...) }

// What it reads goes back where it came from, with the other error.
func closeAndCollect(errp *error, c io.Closer) {
	var all failures
	all.add(*errp)
	all.add(c.Close())
	*errp = all.err()
}

// It tells of it, too.
func closeAndTell(errp *error, c io.Closer) {
	if *errp != nil {
		log.Print("failed: ", *errp)
	}
	var all failures
	all.add(*errp)
	all.add(c.Close())
	*errp = all.err()
}

func digest(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer closeAndCollect(&err, f)
	if _, err := io.ReadAll(f); err != nil {
		return err
	}
	return nil
}

func digestTold(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer closeAndTell(&err, f) // want "this `err` is not what the function returns"
	if _, err := io.ReadAll(f); err != nil {
		return err
	}
	return nil
}
