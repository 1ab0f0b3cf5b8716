// Goexit in a range-over-func body, or in a call deferred there, and a deferred
// method that is promoted through an interface.
package main

import (
	"fmt"
	"runtime"
)

func seq(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func inBody(n int) {
	for i := range seq(2) {
		if i == n {
			runtime.Goexit()
		}
	}
}

func inBodyUnderRecover(n int) {
	defer func() { fmt.Println("recovered", recover()) }()
	for i := range seq(2) {
		if i == n {
			runtime.Goexit()
		}
	}
}

func inDeferred(n int) {
	defer func() { fmt.Println("recovered", recover()) }()
	func() {
		defer func() {
			if n == 1 {
				runtime.Goexit()
			}
		}()
	}()
}

func afterRecover(n int) {
	func() {
		defer func() {
			fmt.Println("recovered", recover())
			if n == 1 {
				runtime.Goexit()
			}
		}()
		panic(1)
	}()
}

func inDeferredOfBody(n int) {
	defer func() { fmt.Println("recovered", recover()) }()
	for i := range seq(2) {
		func() {
			defer func() {
				if n == i {
					runtime.Goexit()
				}
			}()
		}()
	}
}

type shower interface{ show(n int) int }

type shown struct{ n int }

func (s shown) show(n int) int {
	fmt.Println("show", n, s.n)
	return n
}

type promotes struct{ shower }

func promoted(n int) {
	defer func() { fmt.Println("recovered", recover()) }()
	var p shower = promotes{&shown{n: 6}}
	for i := range seq(2) {
		func() {
			for j := range 2 {
				defer p.show(n)
				if n%2 == 0 {
					panic(j)
				}
			}
			defer func() {
				fmt.Println("recovered", recover())
				if i == 0 {
					runtime.Goexit()
				}
			}()
		}()
	}
}

func main() {
	for i, f := range []func(int){
		inBody, inBodyUnderRecover, inDeferred, afterRecover, inDeferredOfBody, promoted,
	} {
		for n := range 3 {
			done := make(chan bool)
			go func() {
				returned := false
				defer func() {
					fmt.Println(i, n, "returned:", returned)
					done <- true
				}()
				f(n)
				returned = true
			}()
			<-done
		}
	}
}
