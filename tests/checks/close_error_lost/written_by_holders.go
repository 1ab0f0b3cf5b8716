package p

import (
	"fmt"
	"io"
	"os"
)

// Keeps the first error, so that each line needs no check of its own.
type lines struct {
	w   io.Writer
	err error
}

func (l *lines) add(format string, args ...any) {
	if l.err == nil {
		_, l.err = fmt.Fprintf(l.w, format+"\n", args...)
	}
}

func (l *lines) isFine() bool { return l.err == nil && l.w != nil }

func writeTable(name string, rows []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "the error of closing `f` is dropped"
	out := lines{w: f}
	for _, row := range rows {
		out.add("| %s |", row)
	}
	return out.err
}

func writeTableByPointer(name string, rows []string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "the error of closing `f` is dropped"
	out := &lines{w: f}
	out.add("%d rows", len(rows))
	return out.err
}

// Look-alikes.

func writeTableChecked(name string, rows []string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	out := lines{w: f}
	out.add("%d rows", len(rows))
	return out.err
}

func nothingWritten(name string) bool {
	f, err := os.Create(name)
	if err != nil {
		return false
	}
	defer f.Close()
	out := lines{w: f}
	return out.isFine()
}
