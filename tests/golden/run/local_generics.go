// Generic types declared in generic functions that refer to themselves.
package main

import "fmt"

func fix[F ~func(T) R, T, R any](f func(F) F) F {
	type self[F ~func(T) R, T, R any] func(self[F, T, R]) F
	g := func(h self[F, T, R]) F {
		return func(t T) R { return f(h(h))(t) }
	}
	return g(g)
}

func list[E any](elems ...E) (n int, text string) {
	type node[T any] struct {
		value T
		next  *node[T]
	}
	var first *node[E]
	for _, e := range elems {
		first = &node[E]{e, first}
	}
	for at := first; at != nil; at = at.next {
		n++
		text += fmt.Sprint(at.value, " ")
	}
	other := node[string]{"s", nil}
	other.next = &other
	return n, text + other.next.next.value
}

func main() {
	fact := fix(func(r func(int) int) func(int) int {
		return func(n int) int {
			if n <= 1 {
				return 1
			}
			return n * r(n-1)
		}
	})
	fmt.Println(fact(10))
	fmt.Println(list(1, 2, 3))
	fmt.Println(list("a"))
}
