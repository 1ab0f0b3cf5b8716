package p

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
)

func forEach(n int, f func(int) error) error {
	for i := range n {
		if err := f(i); err != nil {
			return err
		}
	}
	return nil
}

// A literal has the encoder on top of the writer.
func dumpCaptured(name string, n int) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	defer w.Flush() // want "the error of flushing `w` is dropped"
	enc := json.NewEncoder(w)
	return forEach(n, func(i int) error { return enc.Encode(i) })
}

func dumpChecked(name string, n int) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	defer func() { err = errors.Join(err, w.Flush()) }()
	enc := json.NewEncoder(w)
	return forEach(n, func(i int) error { return enc.Encode(i) })
}
