package p

import (
	"errors"
	"io"
	"os"
)

// Whether the file could be opened says nothing of what is set if verbose.
func cat(name string, w io.Writer, verbose bool, logf func(string)) error {
	var done func()
	if verbose {
		done = func() { logf("done") }
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	defer done() // want "what `done\(\)` is called on may be nil here"
	_, err = io.Copy(w, f)
	return err
}

var errQuiet = errors.New("quiet")

func mustSpeak(verbose bool) error {
	if !verbose {
		return errQuiet
	}
	return nil
}

// The test in between may be about the same.
func catLoud(verbose bool, logf func(string)) error {
	var done func()
	if verbose {
		done = func() { logf("done") }
	}
	if err := mustSpeak(verbose); err != nil {
		return err
	}
	defer done()
	logf("loud")
	return nil
}
