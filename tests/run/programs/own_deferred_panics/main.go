// Two deferred calls of panic, the second in place of the first, while a
// panic further out waits for what recovers it at the end.
package main

import "fmt"

func twice() (n int) {
	defer func() {
		fmt.Println("stopped", recover().(int))
	}()
	for i := range 2 {
		defer panic(i)
	}
	return 3
}

func outer() {
	defer func() {
		fmt.Println("left over", recover() != nil)
	}()
	defer func() {
		defer recover()
		fmt.Println("got", twice())
	}()
	panic("outer")
}

func main() {
	outer()
}
