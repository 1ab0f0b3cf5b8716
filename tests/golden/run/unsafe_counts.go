// Counts of unsafe's functions have any integer type.
package main

import (
	"fmt"
	"unsafe"
)

var (
	wide         = 258
	small  int8  = -1
	length uint8 = 2
)

func main() {
	buf := [10]byte{'a', 'b', 'c', 'd', 'e'}
	at := func(i int) unsafe.Pointer { return unsafe.Pointer(&buf[i]) }
	fmt.Println(unsafe.Add(at(0), uint8(wide)) == at(2))
	fmt.Println(unsafe.Add(at(3), small) == at(2))
	fmt.Println(unsafe.String(&buf[1], length), string(unsafe.Slice(&buf[2], length)), unsafe.String(&buf[1], uint16(wide)>>7))
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = unsafe.Slice(&buf[0], small)
	}()
}
