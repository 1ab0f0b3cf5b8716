package p

import (
	"errors"
	"fmt"
	"log"
	"runtime/debug"
	"sync/atomic"
)

var panics atomic.Int64

type logger interface{ Printf(format string, args ...any) }

type server struct {
	log    logger
	failed bool
	last   any
	events chan string
}

func Logged(f func()) {
	defer func() {
		if r := recover(); r != nil {
			log.Printf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	f()
}

func LoggedWithoutValue(f func()) {
	defer func() {
		if recover() != nil {
			log.Print("the job panicked")
		}
	}()
	f()
}

func Returned(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	f()
	return nil
}

var errPanic = errors.New("panic")

func ReturnedFixed(f func()) (err error) {
	defer func() {
		if recover() != nil {
			err = errPanic
		}
	}()
	f()
	return nil
}

func Counted(f func()) {
	defer func() {
		if recover() != nil {
			panics.Add(1)
		}
	}()
	f()
}

func Again(f func(), release func()) {
	defer func() {
		if r := recover(); r != nil {
			release()
			panic(r)
		}
	}()
	f()
}

func (s *server) Stored(f func()) {
	defer func() {
		if recover() != nil {
			s.failed = true
		}
	}()
	f()
}

func (s *server) Kept(f func()) {
	defer func() { s.last = recover() }()
	f()
}

func (s *server) Sent(f func()) {
	defer func() {
		if recover() != nil {
			s.events <- "panic"
		}
	}()
	f()
}

func (s *server) LoggedByInterface(f func()) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Printf("%v", r)
		}
	}()
	f()
}

func Looked(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			panic(r)
		}
	}()
	f()
	return nil
}

// False where it returns true.
func Valid(f func()) bool {
	defer func() { recover() }()
	f()
	return true
}

func Try(f func() int) (n int, ok bool) {
	defer func() { recover() }()
	return f(), true
}

func Find(f func() *server) *server {
	defer func() { recover() }()
	return f()
}

// The error is there until the end is reached.
func Aborted(f func()) (err error) {
	err = errors.New("aborted")
	defer func() { recover() }()
	f()
	return nil
}

func Panics(f func()) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	f()
	return
}

func MustPanic(f func()) {
	defer func() {
		if recover() == nil {
			panic("there was no panic")
		}
	}()
	f()
}

func report(v any) {
	if v != nil {
		log.Print(v)
	}
}

func Handed(f func()) {
	defer func() { report(recover()) }()
	f()
}

// It stops nothing: another rule's.
func Nested(f func()) {
	defer func() {
		func() { recover() }()
	}()
	f()
}

// Nil means that there was a panic, as it should be.
func CheckPanic(f func()) error {
	missing := errors.New("no panic")
	defer func() {
		if recover() != nil {
			missing = nil
		}
	}()
	f()
	return missing
}
