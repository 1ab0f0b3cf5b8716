package main

import (
	"errors"
	"fmt"
	"os"
)

type E struct{ code int }

func (e *E) Error() string { return fmt.Sprintf("code %d\nsecond line", e.code) }

func main() {
	defer fmt.Fprintln(os.Stderr, "outermost")
	defer func() {
		r := recover()
		defer func() {
			panic(fmt.Errorf("third after %v: %w", r, recover().(error)))
		}()
		panic(errors.Join(&E{1}, errors.New("joined")))
	}()
	defer func() {
		defer func() { panic(fmt.Sprint("again ", recover())) }()
		var m map[string][]int
		m["a"] = nil
	}()
	panic(&E{2})
}
