package p

import (
	"errors"
	"fmt"
	"os"
)

var errInUse = errors.New("in use")

type locks struct {
	held map[string]int
	file *os.File
}

// Whoever calls these must know better.
func (l *locks) unlock(key string) {
	n, ok := l.held[key]
	if !ok {
		panic(fmt.Errorf("unlock of unlocked %s", key))
	}
	l.held[key] = n - 1
}

func (l *locks) release() {
	if len(l.held) > 0 {
		panic(errInUse)
	}
}

func assert(holds bool, text string) {
	if !holds {
		panic(text)
	}
}

func (l *locks) check() {
	assert(l.held != nil, "no locks")
}

func (l *locks) mustClose() {
	if err := l.file.Close(); err != nil {
		panic(err) // want "replaces a panic that is under way"
	}
}

func (l *locks) mustSync() {
	must(l.file.Sync()) // want "replaces a panic that is under way"
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (l *locks) Under(key string, f func()) {
	defer l.release()
	defer l.mustClose()
	defer l.mustSync()
	defer l.check()
	defer l.unlock(key)
	f()
}

var errTooLarge = errors.New("too large")

// Only the size can be wrong.
func Bytes(n int) []byte {
	defer func() {
		if recover() != nil {
			panic(errTooLarge)
		}
	}()
	return make([]byte, n)
}

func Filled(n int, f func([]byte)) []byte {
	defer func() {
		if recover() != nil {
			panic(errTooLarge) // want "drops the panic that was recovered"
		}
	}()
	b := make([]byte, n)
	f(b)
	return b
}
