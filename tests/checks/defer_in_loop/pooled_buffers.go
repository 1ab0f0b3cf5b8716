package pooledbuffers

import (
	"bytes"
	"io"
	"sync"
)

var pool = sync.Pool{New: func() any { return make([]byte, 0, 64) }}

func get() []byte  { return pool.Get().([]byte)[:0] }
func put(b []byte) { pool.Put(b) }

func encode(writers []io.Writer) error {
	for _, w := range writers {
		if _, err := w.Write([]byte("shard")); err != nil {
			return err
		}
	}
	return nil
}

// Each writer has a part of its buffer, and all are used behind the loop.
func heal(n int) error {
	writers := make([]io.Writer, n)
	for i := range n {
		buf := get()
		defer put(buf)
		writers[i] = bytes.NewBuffer(buf[:0])
	}
	return encode(writers)
}

func sum(n int) (total int) {
	for range n {
		buf := get()
		defer put(buf) // want "each iteration should give back"
		total += len(append(buf[:0], "x"...))
	}
	return total
}

var (
	getBuffer = get
	putBuffer = put
)

// The same by functions in variables.
func healByVariables(n int) error {
	writers := make([]io.Writer, n)
	for i := range n {
		buf := getBuffer()
		defer putBuffer(buf)
		writers[i] = bytes.NewBuffer(buf[:0])
	}
	return encode(writers)
}

func sumByVariables(n int) (total int) {
	for range n {
		buf := getBuffer()
		defer putBuffer(buf) // want "each iteration should give back"
		total += len(append(buf[:0], "x"...))
	}
	return total
}
