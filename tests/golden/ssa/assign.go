package p

//dump: func parallel
//dump: func operators
//dump: func commaOK
//dump: func inPlace

func f() int

func two() (int, string)

// The index is that of before the assignment.
func parallel(s []int, i int) int {
	i, s[i] = f(), i
	s[i], s[i+1] = s[i+1], s[i]
	return i
}

// The variable is read after the call.
func operators(x int, m map[string]int, p *int) int {
	x += f()
	m["k"] += f()
	*p <<= 3
	x++
	return x
}

func commaOK(m map[string]int, a any, c chan int) (v int, ok bool) {
	v, ok = m["k"]
	v, ok = a.(int)
	v, ok = <-c
	_, s := two()
	_, s = two()
	_ = s
	return
}

type pair struct{ a, b int }

func inPlace() pair {
	x := pair{a: f()}
	y := [2]pair{{1, 2}, x}
	x = pair{3, 4}
	return y[x.a]
}
