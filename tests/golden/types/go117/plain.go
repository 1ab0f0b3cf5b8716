package old

import "old/part"

type any2 = interface{}

// Neither is predeclared for a module this old, but both are there.
type any struct{ x int }
type comparable int

func loops(xs []string) (fs []func() string) {
	for _, x := range xs {
		fs = append(fs, func() string { return x })
	}
	return
}

var a any = any{1}
var c comparable = 3

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

var m = min(1, part.Max(2, 3))
var s = (*[2]int)(make([]int, 2))
var shifted = 1 << int8(3)
