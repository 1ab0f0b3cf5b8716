package p

import "fmt"

//explain: safely
//explain: handle
//explain: wrong
//explain: again
//explain: sometimes
//explain: late
//explain: safely$1

func handle(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%v", r)
	}
}

// A helper that is deferred itself.
func safely(fn func()) (err error) {
	defer handle(&err)
	func() { fn() }()
	return nil
}

// None of them stops anything.
func wrong(fn func()) {
	defer recover()
	defer func() {
		func() { recover() }()
	}()
	fn()
}

// What is recovered is raised again.
func again(fn func()) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprint("again: ", r))
		}
	}()
	fn()
}

// Deferred on one path alone.
func sometimes(fn func(), guard bool) {
	if guard {
		defer func() { fmt.Println(recover()) }()
	}
	fn()
}

// The panic is over before it is deferred.
func late(n int) int {
	if n < 0 {
		panic("negative")
	}
	defer func() { recover() }()
	return n
}
