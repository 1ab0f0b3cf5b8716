// Handles of package unique: equal for equal values, different for types.
package main

import (
	"fmt"
	"math"
	"net/url"
	"strings"
	"unique"
)

type name string

type pair struct {
	s string
	n int
}

func main() {
	a := unique.Make("gopher")
	b := unique.Make(strings.Repeat("go", 1) + "pher")
	fmt.Println(a == b, a.Value(), a == unique.Make("other"))
	fmt.Println(unique.Make(name("gopher")).Value(), any(unique.Make(name("x"))) == any(unique.Make("x")))
	fmt.Println(unique.Make(pair{"a", 1}) == unique.Make(pair{"a", 1}), unique.Make(pair{"a", 1}) == unique.Make(pair{"a", 2}))
	fmt.Println(unique.Make[any](1) == unique.Make[any](1), unique.Make[any](1) == unique.Make[any](int8(1)))
	fmt.Println(unique.Make(struct{}{}) == unique.Make(struct{}{}))
	fmt.Println(unique.Make(math.NaN()) == unique.Make(math.NaN()))
	func() {
		defer func() { fmt.Println(recover()) }()
		unique.Make[any]([]int{1})
	}()
	// By way of net/netip.
	u, err := url.Parse("http://[::1]:80/x")
	fmt.Println(u.Host, err)
}
