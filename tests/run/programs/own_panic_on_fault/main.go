package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"unsafe"
)

func read(address uintptr) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(runtime.Error)
			_, hasAddress := r.(interface{ Addr() uintptr })
			fmt.Println("recovered", hasAddress)
		}
	}()
	p := *(**int)(unsafe.Pointer(&address))
	return inner(p), nil
}

func inner(p *int) int {
	defer fmt.Println("inner's")
	return *p
}

func main() {
	fmt.Println(debug.SetPanicOnFault(true))
	for range 3 {
		_, err := read(0xdeadbee000)
		fmt.Println(err)
	}
	x := 5
	fmt.Println(read(uintptr(unsafe.Pointer(&x))))
	fmt.Println(debug.SetPanicOnFault(false))
}
