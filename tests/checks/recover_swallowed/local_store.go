package p

import "fmt"

type engine struct {
	depth int
	bad   bool
	run   func(string) error
}

// Nobody reads the variable after a panic.
func validate(s string, parse func(string)) error {
	defer func() {
		if r := recover(); r != nil { // want "dropped"
			s = ""
		}
	}()
	parse(s)
	return nil
}

// The counter is made ready for the next call, and that is all.
func (e *engine) step(s string) error {
	defer func() {
		if r := recover(); r != nil { // want "dropped"
			e.depth = 0
		}
	}()
	e.depth++
	return e.run(s)
}

func (e *engine) stepMarked(s string) error {
	defer func() {
		if r := recover(); r != nil {
			e.bad = true
		}
	}()
	return e.run(s)
}

// Another deferred call reads it.
func validateTold(s string, parse func(string)) error {
	failed := false
	defer func() {
		if failed {
			fmt.Println("failed:", s)
		}
	}()
	defer func() {
		if r := recover(); r != nil {
			failed = true
		}
	}()
	parse(s)
	return nil
}

// The variable is the caller's.
func tries(ss []string, parse func(string)) (bad int) {
	for _, s := range ss {
		func() {
			defer func() {
				if recover() != nil {
					bad++
				}
			}()
			parse(s)
		}()
	}
	return bad
}
