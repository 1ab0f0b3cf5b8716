package p

import (
	"errors"
	"fmt"
	"os"
)

var (
	quiet    bool
	minLevel int
)

func write(level, format string, args []any) {
	if len(level) < minLevel {
		return
	}
	msg := fmt.Sprintf(format, args...)
	fmt.Fprintln(os.Stderr, level, msg)
	switch level {
	case "PANIC":
		if quiet {
			os.Exit(255)
		}
		panic(errors.New(msg))
	case "FATAL":
		os.Exit(255)
	}
}

func Infof(format string, args ...any) { write("INFO", format, args) }

func Panicf(format string, args ...any) { write("PANIC", format, args) }

func Fatalf(format string, args ...any) { write("FATAL", format, args) }

func mustClose(f *os.File) {
	name := f.Name()
	if err := f.Close(); err != nil {
		Panicf("cannot close %s: %s", name, err)
	}
}

func size(path string) int64 {
	f, err := os.Open(path)
	if err != nil {
		Panicf("cannot open %s: %s", path, err)
	}
	defer mustClose(f)
	info, err := f.Stat()
	if err != nil {
		Fatalf("cannot look at %s: %s", path, err)
	}
	return info.Size()
}

func sizeOrNot(path string) int64 {
	f, err := os.Open(path)
	if err != nil {
		Infof("cannot open %s: %s", path, err)
	}
	defer mustClose(f) // want "is deferred also when `os.Open\(path\)`"
	return 0
}

func firstThatOpens(paths []string) error {
	var f *os.File
	var err error
	found := false
	for _, path := range paths {
		f, err = os.Open(path)
		if err != nil {
			Infof("cannot open %s: %s", path, err)
			continue
		}
		found = true
		break
	}
	if !found {
		return err
	}
	defer func() {
		Infof("closing %s", f.Name())
		f.Close()
	}()
	return nil
}

func lastThatOpens(paths []string) error {
	var f *os.File
	var err error
	found := false
	for _, path := range paths {
		f, err = os.Open(path)
		if err != nil {
			Infof("cannot open %s: %s", path, err)
		}
		found = true
	}
	if !found {
		return err
	}
	defer func() { // want "is deferred also when `os.Open\(path\)`"
		Infof("closing %s", f.Name())
		f.Close()
	}()
	return nil
}
