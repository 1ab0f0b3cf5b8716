package golden

import "iter"

// What the language gained, release by release.

type alias = []int // 1.9

var underscores = 0b1010_1010 + 0o7_7 + 0x1p-2 + 1_000 + 0x_1i // 1.13

func shift(s int) int { return 1 << s } // 1.13: signed shift counts

type overlapping interface { // 1.14
	interface{ M() }
	interface{ M() }
}

func toArray(s []int) ([2]int, *[2]int) { return [2]int(s), (*[2]int)(s) } // 1.17, 1.20

type Set[T comparable] map[T]struct{} // 1.18

func smallest(a, b int) int { clear(map[int]int{}); return min(a, b, max(a, b)) } // 1.21

func count(n int) { // 1.22
	for i := range n {
		defer func() { _ = i }()
	}
}

func seq(yield func(int, string) bool) { // 1.23
	for i, s := range iter.Seq2[int, string](seq) {
		if !yield(i, s) {
			return
		}
	}
}

type genericAlias[T any] = Set[T] // 1.24

type selfConstraint[T selfConstraint[T]] interface{ Add(T) T } // 1.26

var pointer = new(1 + 2) // 1.26
