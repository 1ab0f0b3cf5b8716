package p

import "fmt"

func old() {
	for i := range []int{1, 2} {
		defer func() { fmt.Println(i) }() // want "share in go1.21"
	}
}
