package main

import "fmt"

func web(n int) string {
	s := ""
	i := 0
	goto C
A:
	s += "A"
	i++
	if i > n {
		goto end
	}
	if i%2 == 0 {
		goto B
	}
	goto C
B:
	s += "B"
	if i%3 == 0 {
		goto A
	}
C:
	s += "C"
	if i%5 == 4 {
		i++
		goto B
	}
	goto A
end:
	return s
}

// Irreducible: two entries into one loop.
func irr(x int) (r int) {
	if x > 3 {
		goto two
	}
one:
	r += 10
	x++
	if x > 8 {
		return
	}
two:
	r++
	x++
	if x < 8 {
		goto one
	}
	return
}

func closures() (fs []func() int) {
	i := 0
loop:
	x := i
	fs = append(fs, func() int { x++; return x })
	i++
	if i < 3 {
		goto loop
	}
	return
}

func labels() {
outer:
	for i := 0; i < 4; i++ {
		for j := 0; ; j++ {
			switch {
			case j == 1:
				continue
			case j == 3:
				continue outer
			case i == 2:
				break outer
			default:
				fmt.Print(i, j, " ")
			}
		}
	}
	fmt.Println()
sw:
	switch x := 3; x {
	case 3:
		for {
			break sw
		}
		fmt.Println("no")
	}
sel:
	select {
	default:
		for {
			break sel
		}
	}
r:
	for range 3 {
		for k := range 3 {
			if k == 1 {
				continue r
			}
			fmt.Print("k", k)
		}
	}
	fmt.Println()
}

func fall(n int) (s string) {
	switch n {
	case 0:
		s += "0"
		fallthrough
	case 1:
		s += "1"
		fallthrough
	default:
		s += "d"
	case 2:
		s += "2"
		if n == 2 {
			break
		}
		s += "!"
	case 3, 4:
		s += "34"
		fallthrough
	case 5:
		s += "5"
	}
	return
}

func dead() int {
	for {
		if true {
			return 1
		}
		goto x
	}
x:
	fmt.Println("dead?")
	return 2
	panic("dead")
	for i := 0; i < 3; i++ {
		defer fmt.Println(i)
	}
	return 3
}

func intoBlockEnd() {
	i := 0
top:
	for ; i < 10; i++ {
		if i == 3 {
			i = 7
			goto top
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
	goto last
last:
}

func main() {
	for n := range 8 {
		fmt.Println(web(n), irr(n))
	}
	for _, f := range closures() {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	labels()
	for i := range 7 {
		fmt.Print(fall(i), " ")
	}
	fmt.Println()
	fmt.Println(dead())
	intoBlockEnd()
}
