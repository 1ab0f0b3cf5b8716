package golden

type (
	Empty interface{}
	One   interface{ M() }
	Two   interface {
		M(); N()
	}
	Embeds interface {
		One
		Two
		comparable
		pkg.I
		interface{ P() }
	}
	Union interface {
		int | string
		~int8 | ~int16 | pkg.T
		~[]byte
		*int | []string | map[string]int | func() | chan int | struct{ x int } | interface{ Q() }
		(int)
		~(string) | (float64)
	}
	Generic[T any] interface {
		Get() T
		Set(T)
		List[T]
		~[]T | map[string]T
		pkg.List[T, int]
	}
	Method interface {
		m(a, b int, c ...string) (x, y error)
		n(func(int) error) func() interface{ o() }
		_()
	}
)
