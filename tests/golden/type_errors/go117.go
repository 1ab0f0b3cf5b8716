// -lang=go1.17
package p

type G[T any] struct{ x T }

func f[T any](x T) {}

type I interface{ int | string }

var a any
var _ = 0b101 + 1_000
var _ = min(1, 2)
var _ = (*[2]int)([]int{1, 2})
var _ = [2]int([]int{1, 2})

func _() {
	clear(map[int]int{})
	for i := range 10 {
		_ = i
	}
	f(1)
	for range func(func() bool) {} {
	}
	_ = new(3)
}

type A = G[int]
type B[T any] = []T
