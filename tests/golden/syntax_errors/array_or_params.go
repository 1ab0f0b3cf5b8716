package golden

type A [N[0]]int // want
type B [P *C]int
type C [N M]int
type D [a, b]int // want
type E [N M, 3]int // want
type F [3 * N M]int // want
type G [pkg.N T]int // want
type H [...N]int // want
