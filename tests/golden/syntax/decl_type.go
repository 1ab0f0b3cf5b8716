package golden

type A int
type B = A
type C struct{}
type D struct {
	a, b int
	c    string `json:"c"`
	A
	*B
	pkg.E
	*pkg.F "tag"
	_    [0]func()
	g    struct{ h struct{ i int } }
}
type E interface{}
type F interface {
	M()
	N(int, string) (error, bool)
	O(a, b int, c ...string) (d error)
	E
	pkg.G
	fmt.Stringer
}
type G func()
type H func(int) func(string) func() (int, error)
type I [10]int
type J [len("x") * 2]J2
type K [...]int
type L []L
type M map[M2]map[string][]M
type N chan N
type O <-chan chan<- chan int
type P *P
type Q **[]*Q
type R pkg.Name
type (
	S int
	T = S
	U (int)
	V = (((V2)))
	W func(a, b int, _ string)
	X func(...int)
	Y func(a ...*[]int)
	Z func() func() (x, y int)
)
type ()

func local() {
	type a int
	type b = struct{ a }
	type (
		c a
		d = b
	)
}
