package lowlevel

import "unsafe"

type mixed struct {
	a bool
	b int64
	c bool
	d int32
	e [3]int16
	f func()
	g map[int]int
	h chan int
	i string
	j []int
	k any
	l complex128
	m uintptr
	n *mixed
	o [0]int64
}

const (
	oB = unsafe.Offsetof(mixed{}.b)
	oC = unsafe.Offsetof(mixed{}.c)
	oD = unsafe.Offsetof(mixed{}.d)
	oE = unsafe.Offsetof(mixed{}.e)
	oF = unsafe.Offsetof(mixed{}.f)
	oI = unsafe.Offsetof(mixed{}.i)
	oL = unsafe.Offsetof(mixed{}.l)
	oO = unsafe.Offsetof(mixed{}.o)
	sM = unsafe.Sizeof(mixed{})
	aM = unsafe.Alignof(mixed{})
	aC = unsafe.Alignof(complex64(0))
	sE = unsafe.Sizeof(struct{}{})
	sT = unsafe.Sizeof(struct {
		a int32
		b struct{}
	}{})
)

var words = [sM / 8]int{}
