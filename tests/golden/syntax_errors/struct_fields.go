package golden

type A struct {
	a, b // want
	c int, d int // want
	e int = 1
	(F) // want
	*(G)
	*[]int
	[]int
	h: int
	i int "tag" "tag"
	J[int
}

var after = 1
