package p

type T struct{ a int }

func f() (int, string) { return 1, "a" }
func g()               {}

func _() {
	var x int = "a"
	var y string
	y = 1
	x, y = f(), 2
	x, y, z := f()
	x := 2
	g() = 1
	1 = x
	f() = x, y
	var t T
	t.a, T.a = 1, 2
	f()++
	"a"[0] = 'b'
	map[string]T{}["k"].a = 1
	const c = 1
	c = 2
	x += "s"
	_ = _
	v := g()
	var n = nil
	_ = nil
	a, b := 1
	_ = undefined
}
