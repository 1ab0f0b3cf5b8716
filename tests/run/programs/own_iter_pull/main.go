package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

func numbers(yield func(int, string) bool) {
	defer fmt.Println("numbers done")
	for i := range 5 {
		if !yield(i, fmt.Sprint("n", i)) {
			return
		}
	}
}

func failing(yield func(int) bool) {
	defer fmt.Println("failing cleanup")
	yield(1)
	panic("iterator failed")
}

func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := next()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

func main() {
	next, stop := iter.Pull2(numbers)
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(next())
	stop()
	n1, s1 := iter.Pull(failing)
	defer s1()
	fmt.Println(n1())
	func() {
		defer func() { fmt.Println("caught", recover()) }()
		n1()
	}()
	fmt.Println(n1())
	for a, b := range zip(slices.Values([]int{1, 2, 3}), slices.Values([]string{"a", "b"})) {
		fmt.Println(a, b)
	}
	fmt.Println(slices.Sorted(maps.Keys(map[string]int{"z": 1, "a": 2})))
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c)
	}
	fmt.Println()
	func() {
		defer func() { fmt.Println("stop panics:", recover()) }()
		n, s := iter.Pull(func(yield func(int) bool) {
			defer func() { panic("in cleanup") }()
			yield(1)
		})
		n()
		s()
	}()
}
