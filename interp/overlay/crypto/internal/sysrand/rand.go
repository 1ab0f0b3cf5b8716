// Package sysrand fills memory with the interpreter's random numbers, which
// depend on the seed of the run.
package sysrand

import "math/rand/v2"

func Read(b []byte) {
	for i := range b {
		b[i] = byte(rand.Uint32())
	}
}
