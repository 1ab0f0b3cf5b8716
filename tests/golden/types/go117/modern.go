//go:build go1.21

package old

func generic[T int | string](a, b T) T { return max(a, b) }

var g = generic("a", "b")
