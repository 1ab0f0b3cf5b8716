package main

import (
	"fmt"
	"iter"
)

func count(n int, name string) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("end of", name)
		for i := range n {
			if !yield(i) {
				fmt.Println(name, "stopped at", i)
				return
			}
		}
	}
}

func find(want int) (r string, err error) {
	defer func() { r += "!"; fmt.Println("deferred sees", r, err) }()
outer:
	for x := range count(4, "x") {
		defer fmt.Println("deferred in x", x)
		for y := range count(4, "y") {
			switch {
			case y == 1 && x == 0:
				continue outer
			case y == 2 && x == 1:
				break
			case x*10+y == want:
				return fmt.Sprint(x, y), nil
			case x == 3:
				break outer
			}
			if y == 3 {
				goto next
			}
		}
	next:
	}
	return "none", fmt.Errorf("no %d", want)
}

func nested() (n int) {
	for x := range count(3, "a") {
		func() {
			defer func() { n += 100 }()
			for y := range count(3, "b") {
				if y == 1 {
					return
				}
				n += x*10 + y
			}
		}()
	}
	return
}

func main() {
	fmt.Println(find(20))
	fmt.Println(find(99))
	fmt.Println(nested())
}
