package stmts

type Seq[V any] func(yield func(V) bool)
type Seq2[K, V any] func(yield func(K, V) bool)

type Tree[T any] struct {
	left, right *Tree[T]
	value       T
}

func (t *Tree[T]) All() Seq[T] {
	return func(yield func(T) bool) { t.push(yield) }
}

func (t *Tree[T]) push(yield func(T) bool) bool {
	return t == nil || t.left.push(yield) && yield(t.value) && t.right.push(yield)
}

func Pairs[K comparable, V any](m map[K]V) Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, v := range m {
			if !yield(k, v) {
				return
			}
		}
	}
}

func Map[A, B any](s Seq[A], f func(A) B) Seq[B] {
	return func(yield func(B) bool) {
		for a := range s {
			if !yield(f(a)) {
				break
			}
		}
	}
}

func rangeFuncs(t *Tree[string]) (n int) {
	for v := range t.All() {
		n += len(v)
	}
	for range t.All() {
		n++
	}
	for k, v := range Pairs(map[int]string{1: "a"}) {
		n += k + len(v)
	}
	for k := range Pairs(map[Color]bool{}) {
		n += int(k)
	}
	for x := range Map(t.All(), func(s string) int { return len(s) }) {
		n += x
	}
	for range func(yield func() bool) {} {
		n++
	}
	var i int
	for i = range func(yield func(int) bool) { yield(3) } {
	}
	return n + i
}
