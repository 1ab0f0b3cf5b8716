// -lang=go1.21
package p

type V[T any] = []T

func f() {
	for i := range 3 {
		_ = i
	}
	for x := range func(func(int) bool) {} {
		_ = x
	}
	_ = min(1, 2)
	clear([]int{})
	_ = new(2)
	var a V[int]
	_ = a
}
