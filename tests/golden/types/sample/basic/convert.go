package basic

type Meter int
type Name string
type Handler func(int) string
type IntPtr *int
type Numbers []int
type Table map[string]int
type Pipe chan int
type Point struct{ X, Y int }
type Tagged struct {
	X int `json:"x"`
	Y int "y"
}

func conversions(m Meter, p Point, f func(int) string, q *int) {
	_ = int(m)
	_ = float64(m) / 2
	_ = Name("n" + string(rune(m)))
	_ = Handler(f)
	_ = Handler(nil)
	_ = IntPtr(q)
	_ = (*int)(IntPtr(q))
	_ = Tagged(p)
	_ = struct{ X, Y int }(p)
	_ = Numbers([]int{1})
	_ = (<-chan int)(Pipe(nil))
	_ = (chan<- int)(make(chan int))
	_ = interface{ String() string }(nil)
	_ = (func())(nil)
	_ = [2]int(Numbers{1, 2})
	_ = (*[2]int)([]int{1, 2})
	_ = []byte("x")
	_ = (*Tagged)(&p)
	_ = uint8(int8(1) + 1)
	_ = complex64(complex(1, float64(m)))
	_ = int64(3.0)
	_ = float32(0.1)
	_ = any(p).(Point).X
	_ = (Meter)(3) + 4
	_ = ((Meter))((5))
}
