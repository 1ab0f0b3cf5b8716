//go:build go1.22

package p

import "fmt"

func newer() {
	for i := range []int{1, 2} {
		defer func() { fmt.Println(i) }()
	}
}
