package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

func dropped(f func()) {
	defer func() {
		if r := recover(); r != nil { // note "the first panic is recovered here"
			panic("job failed") // want "^warning: this `panic` drops the panic that was recovered, .* \[panic-replaced\]$"
		}
	}()
	f()
}

var errJob = errors.New("job failed")

func droppedAfterLog(f func()) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		log.Println(r)
		panic(errJob) // want "drops the panic that was recovered"
	}()
	f()
}

func droppedByLog(f func(), name string) {
	defer func() {
		if r := recover(); r != nil {
			log.Panicf("%s failed", name) // want "the panic of `Panicf` drops"
		}
	}()
	f()
}

func closeFails(name string, f func(io.Writer)) {
	out, err := os.Create(name)
	if err != nil {
		panic(err)
	}
	defer func() {
		if err := out.Close(); err != nil {
			panic(err) // want "^warning: this `panic` in a deferred call replaces a panic that is under way, and hides the first one; log the error, or set a named result"
		}
	}()
	f(out) // note "this may panic first"
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func closeChecked(name string) {
	out, err := os.Create(name)
	check(err)
	defer func() {
		check(out.Close()) // want "the panic of `check` in a deferred call replaces"
	}()
	_, err = fmt.Fprintln(out, name)
	check(err)
}

func mustClose(c io.Closer) {
	if err := c.Close(); err != nil {
		panic(err) // want "in a deferred call replaces"
	}
}

func copyAll(src io.ReadCloser, name string) {
	defer mustClose(src)
	out, err := os.Create(name)
	if err != nil {
		panic(err)
	}
	if _, err := io.Copy(out, src); err != nil {
		panic(err)
	}
}

func fatalInvariant(depth *int, f func()) {
	defer func() {
		if *depth != 0 {
			panic("unbalanced") // want "replaces a panic that is under way"
		}
	}()
	f()
}

func main() {
	dropped(func() {})
	droppedAfterLog(func() {})
	droppedByLog(func() {}, "a")
	closeFails("a", func(io.Writer) {})
	closeChecked("a")
	copyAll(nil, "a")
	fatalInvariant(new(int), func() {})
}

func closeOrPanic(f *os.File) {
	if err := f.Close(); err != nil {
		panic(fmt.Errorf("close %s: %w", f.Name(), err)) // want "this `panic` in a deferred call replaces"
	}
}

func withFile(f *os.File, work func()) {
	defer closeOrPanic(f)
	work()
}
