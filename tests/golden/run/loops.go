package main

import "fmt"

func three() {
	var fs []func() int
	for i, j := 0, 10; i < 4; i, j = i+1, j-1 {
		if i == 2 {
			continue
		}
		fs = append(fs, func() int { i += 100; j++; return i*1000 + j })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
}

func body() {
	for i := 0; i < 6; i++ {
		f := func() { i += 2 }
		f()
		fmt.Print(i, " ")
	}
	fmt.Println()
}

func post() {
	var ps []*int
	var fs []func()
	add := func(p *int) int { ps = append(ps, p); return 0 }
	for i := 0; i < 3; i += 1 + add(&i) {
		fs = append(fs, func() { fmt.Print("b", i, " ") })
	}
	for i := 0; i < 3; func() { fs = append(fs, func() { fmt.Print("p", i, " ") }); i++ }() {
		fs = append(fs, func() { fmt.Print("q", i, " ") })
	}
	for _, p := range ps {
		*p += 100
	}
	for _, f := range fs {
		f()
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	fmt.Println()
}

func cond() {
	var fs []func() int
	for i := 0; func() bool { fs = append(fs, func() int { return i }); return i < 3 }(); i++ {
		i := i
		_ = i
	}
	for _, f := range fs {
		fmt.Print(f(), " ")
	}
	fmt.Println()
}

func ptrs() {
	var ps []*int
	for i := 0; i < 3; i++ {
		ps = append(ps, &i)
		i := i * 2
		ps = append(ps, &i)
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	var qs []*int
	for i, v := range []int{5, 6, 7} {
		qs = append(qs, &i, &v)
	}
	for _, p := range qs {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	var fs []func()
	for k := range 3 {
		fs = append(fs, func() { fmt.Print(k); k++ })
	}
	for _, f := range fs {
		f()
		f()
	}
	fmt.Println()
	for i := 0; i < 2; i++ {
		defer func() { fmt.Println("deferred", i) }()
	}
	type T struct{ a, b int }
	var ts []*T
	for t := (T{1, 2}); t.a < 4; t.a++ {
		ts = append(ts, &t)
	}
	for _, t := range ts {
		fmt.Print(*t)
	}
	fmt.Println()
}

type ctr int

func (c *ctr) inc() { *c++ }

func methods() {
	var fs []func()
	for c := ctr(0); c < 3; c.inc() {
		fs = append(fs, func() { fmt.Print(c, " ") })
	}
	for _, f := range fs {
		f()
	}
	fmt.Println()
	for arr, i := [3]int{}, 0; i < 3; i++ {
		s := arr[:]
		s[i] = i + 1
		fmt.Print(arr)
	}
	fmt.Println()
}

func labelled() {
	var fs []func()
outer:
	for i := 0; i < 3; i++ {
		for j := 0; j < 3; j++ {
			if j == i {
				fs = append(fs, func() { fmt.Print(i, j, " ") })
				continue outer
			}
			if i == 2 && j == 1 {
				break outer
			}
		}
	}
	i := 0
top:
	for k := i; k < 5; k++ {
		fs = append(fs, func() { fmt.Print("k", k, " ") })
		if k == 2 {
			i = 4
			goto top
		}
	}
	for _, f := range fs {
		f()
	}
	fmt.Println()
}

func main() {
	three()
	body()
	post()
	cond()
	ptrs()
	methods()
	labelled()
}
