package p

import (
	"unsafe"
	"unsafe"
	. "unsafe"
	_ "unsafe"
	init "unsafe"
	unsafe2 "unsafe"
)

var a = unsafe.Foo
var b = unsafe
var c unsafe.pointer
var Pointer int
var _ = unsafe2.Sizeof()
var _ = unsafe.Sizeof(1, 2)
var _ = unsafe.Offsetof(a)
var _ = unsafe.Alignof(undefined)
var _ = unsafe.Add(1, 2)
var _ = unsafe.Slice(1, 2)
var _ = unsafe.String("a", 1)
var _ unsafe.Pointer = 1
var _ = uintptr(&a)
var _ = (*int)(uintptr(0))

func f() {
	unsafe := 1
	_ = unsafe.Sizeof(1)
	unsafe2 = nil
}
