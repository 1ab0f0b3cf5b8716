package p

import "unsafe"

// Cycles through instances are reported where the first instance is written.

type (
	N[P any] M[P]
	M[P any] N[P]
)

type T[P any] struct {
	T[P]
}

const _ = unsafe.Sizeof(T[int]{})

type X[P any] interface {
	X[*P]
}

type A[P any] [10]A[*P]

type self[P any] self[P]

// A function's own parameters may instantiate it.

func F1[P any](_ [unsafe.Sizeof(F1[int])]P) (res P)      { return }
func F2[P any](_ P) (res [unsafe.Sizeof(F2[string])]int) { return }
func F3[P any](_ [unsafe.Sizeof(F3)]P)                   {}
