package structs

type (
	S1 struct {
		A int
		f func(x int) (y string)
	}
	S2 = struct {
		A int
		f func(x int) (y string)
	}
	Alias  = S1
	Alias2 = *Alias
	FnA    = func(a, b int) (c int)
	FnB    = func(int, int) int
	IA     = interface {
		B()
		A()
	}
	IB = interface {
		A()
		B()
	}
)

var (
	s2a S2 = struct {
		A int
		f func(x int) (y string)
	}{}
	s2b       = s2a
	sa  Alias = S1{}
	sp  Alias2 = &sa
	fa  FnA   = FnB(nil)
	ia  IA    = IB(nil)
	sl        = []FnA{nil, fa, func(x, y int) (z int) { return }}
	arr [2]S2 = [1 + 1]struct {
		A int
		f func(int) string
	}{s2b, s2a}
	ch  <-chan struct{} = make(chan struct{})
	mp  map[string]interface{} = map[string]any{}
	byt []uint8 = []byte("x")
	run []int32 = []rune("x")
)

func (a Alias) method() Alias2 { return &a }

var method = sa.method().method().A
