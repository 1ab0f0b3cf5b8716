package p

import (
	"unsafe"
	u "unsafe"
)

func f(param int) {
	var a int
	b := 2
	c, d := 1, 2
	_ = d
	a = 3
	for i, v := range []int{} {
	}
	switch t := any(b).(type) {
	}
	func() { inner := 1 }()
	1 + 2
	len("a")
	param
	func() {}
	f
	-param
	param == 2
L:
	const k = 1
	type t int
}
