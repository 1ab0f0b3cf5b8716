package p

import "unsafe"

var x int
var x string
const x = 1

func f()    {}
func f(int) {}

type T struct{ a, a int }
type T int
type I interface {
	m()
	m()
}

func (T) a() {}
func (T) b() {}
func (T) b() {}
func (U) c() {}
func (int) d() {}
func (*I) e() {}
func (**T) g() {}
func (t T, u T) h() {}
func () i() {}

func params(a int, a string) (a bool) { return }
func main() {}
func init() int { return 1 }
func init(x int) {}

var init = 1
var a, b = 1
var c, d int = 1, 2, 3
const e
const g int
var _ undefined
var _ undefined.T
var _ unsafe.Nothing
var _ T.a
type R struct{ undefinedField Missing }

func body()

func _() {
	var y int
	var y string
	z := 1
	z := 2
	type L int
	type L string
}
