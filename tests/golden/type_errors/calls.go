package p

type T struct{}

func (T) m(int) {}
func (*T) pm()  {}
func f(a int, b ...string) int { return a }
func two() (int, string)       { return 1, "" }
func three() (int, int, int)   { return 1, 2, 3 }

func _() {
	f()
	f("a")
	f(1, 2)
	f(1, []string{}...)
	f(1, "a", []string{}...)
	f([]int{1}...)
	f(two())
	f(three())
	f(1, two())
	T{}.m()
	T{}.m(1, 2)
	T{}.pm()
	T.m(1)
	T.x()
	T{}.y
	3()
	var n int
	n()
	defer n
	go f
	defer int(3)
	defer len("a")
	_ = f(1)(2)
	func(int) {}()
	append()
	_ = append(1, 2)
	_ = len(3)
	_ = cap(map[int]int{})
	_ = make(int)
	_ = make([]int)
	_ = make([]int, -1)
	_ = make([]int, 3, 2)
	_ = new()
	delete(1, 2)
	close(3)
	copy("a", []byte{})
	_ = complex(1, "a")
	_ = real("x")
	panic()
	_ = min()
	_ = max(1, "a")
	clear(3)
	print(T)
	recover(1)
}
