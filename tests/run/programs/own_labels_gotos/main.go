package main

import "fmt"

func labels(n int) (out []string) {
	add := func(s string, v ...any) { out = append(out, fmt.Sprintf(s, v...)) }
	i := 0
again:
	i++
	defer func(i int) { add("d%d", i) }(i)
	if i < 3 {
		goto again
	}
outer:
	for x := 0; ; x++ {
		defer func() { add("x%d", x) }()
	sw:
		switch {
		case x == 0:
			for {
				break sw
			}
			add("never")
		case x == 1:
			select {
			default:
				continue outer
			}
		case x == 2:
			fallthrough
		case x > 100:
			x++
			if n > 2 {
				break outer
			}
		default:
			goto done
		}
		add("s%d", x)
	}
	add("broke")
block:
	switch {
	case true:
		if n > 5 {
			break block
		}
		add("block")
	}
done:
	add("done")
	return
}

func loops() {
	var fs []func() int
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fs = append(fs, func() int { i += 100; return i + j })
		if i == 1 {
			continue
		}
		i++
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
	x := 0
	for x = range 3 {
		defer func() { fmt.Println("shared", x) }()
	}
	a := [3]int{1, 2, 3}
	for i, v := range a {
		a[2] = 10
		defer func() { fmt.Println(i, v) }()
	}
	s := []int{1, 2, 3}
	for i, v := range s {
		s[2] = 20
		s = append(s, v)
		defer fmt.Println("slice", i, v, len(s))
	}
	type key struct{ k string }
	m := map[key]int{{"a"}: 1}
	for k, v := range m {
		m[k]++
		delete(m, k)
		defer fmt.Println(k, v, m)
	}
}

func main() {
	r := labels(1)
	fmt.Println(r)
	r = labels(3)
	fmt.Println(r)
	r = labels(6)
	fmt.Println(r)
	loops()
}
