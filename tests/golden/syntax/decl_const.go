package golden

const A = 1
const B, C = 2, "three"
const D int = 4
const E, F float64 = 5, 6
const ()
const (
	G = iota
	H
	_
	I, J = iota, 1 << iota
	K, L
	M string = "m"
	N = len("n") + cap([2]int{})
)
const (
	O byte = 'x' + iota; P; Q)

func local() {
	const a = 1
	const (
		b = iota
		c
	)
	const d, e uint8 = b, c
}
