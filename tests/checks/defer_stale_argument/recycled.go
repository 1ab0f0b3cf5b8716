package p

import (
	"fmt"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new([]byte) }}

func buffer() []byte { return *buffers.Get().(*[]byte) }

func recycle(b []byte) { buffers.Put(&b) }

func unpack(b []byte) ([]byte, error) { return append([]byte(nil), b...), nil }

// What came from the pool goes back there.
func load() (int, error) {
	b := buffer()
	defer recycle(b)
	b, err := unpack(b)
	return len(b), err
}

func merge(parts [][]byte) int {
	b := buffer()
	defer recycle(b)
	for _, part := range parts {
		b = append(b, part...)
	}
	return len(b)
}

func mergeTold(parts [][]byte) {
	b := buffer()
	defer fmt.Println(b) // want "`b` is evaluated by the `defer` statement and changes at line 37"
	for _, part := range parts {
		b = append(b, part...)
	}
}
