package consts

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	_
	Thursday
)

const (
	KB = 1 << (10 * (iota + 1))
	MB
	GB
)

const (
	a, b = iota, iota * 10
	c, d
	_, _
	e, f = "x", iota
	g, h
)

const (
	first  = iota + 'a'
	second float32 = iota / 2.0
	third
	fourth = len([...]int{iota, iota, 9: iota})
)

func local() (Weekday, int) {
	const (
		zero = iota
		one
		name = "n"
		same
	)
	type T [one + 2]string
	return Weekday(one), len(T{}) + len(same) + zero
}

func inner() int {
	const outer = iota
	x := func() int {
		const (
			p = iota
			q
		)
		return q + p
	}() * outer
	return x
}
