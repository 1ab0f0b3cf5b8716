package main

import (
	"fmt"
	"reflect"
)

// One pointer, with a field before it that takes no space: held by an
// interface directly.
type shaped struct {
	_ struct{}
	p *int
}

// Two words: the last field has an address of its own.
type wide struct {
	p *int
	_ struct{}
}

type nested [1]struct {
	_ [0]int
	s shaped
}

func show(p *int, n int) { fmt.Println(*p, n) }

func main() {
	one, two := 1, 2
	var a any = shaped{p: &one}
	change := func() int { a = shaped{p: &two}; return 0 }
	show(a.(shaped).p, change())
	var w any = wide{p: &one}
	changeWide := func() int { w = wide{p: &two}; return 0 }
	show(w.(wide).p, changeWide())
	var n any = nested{{s: shaped{p: &one}}}
	changeNested := func() int { n = nested{{s: shaped{p: &two}}}; return 0 }
	show(n.(nested)[0].s.p, changeNested())
	fmt.Println(a == any(shaped{p: &two}), w == any(wide{p: &two}), n == any(nested{}))

	v := reflect.ValueOf(a)
	fmt.Println(*(*int)(v.Field(1).UnsafePointer()), v.NumField())
	fmt.Println(*(*int)(reflect.ValueOf(n).Index(0).Field(1).Field(1).UnsafePointer()))
	m := map[any]int{a: 1, w: 2, n: 3}
	fmt.Println(m[shaped{p: &two}], m[wide{p: &two}], m[nested{{s: shaped{p: &two}}}])
	s := reflect.New(v.Type()).Elem()
	s.Set(v)
	fmt.Println(s.Interface() == a)
}
