package main

import (
	"fmt"
	"math"
	"unsafe"
)

type MyInt int
type MyStr string
type MyBytes []byte
type Celsius float64
type Fn func(int) int
type Pt struct{ X, Y int }
type Pt2 struct {
	X int `json:"x"`
	Y int
}
type Err struct{}

func (Err) Error() string { return "err" }

type Stringer interface{ String() string }

func (m MyInt) String() string { return fmt.Sprintf("MyInt(%d)", int(m)) }

type RS interface {
	Stringer
	error
}

func toAny(x any) any                                    { return x }
func conv[T, U ~int | ~int8 | ~uint16 | ~float64](x T) U { return U(x) }
func strOf[T ~[]byte | ~string](x T) string              { return string(x) }
func bytesOf[T ~[]byte | ~string](x T) []byte            { return []byte(x) }
func five[T ~int | ~float32 | ~complex128]() T           { return 5 }
func fromRune[T ~rune | ~byte](x T) string               { return string(rune(x)) }

func main() {
	var i8 int8 = -1
	var u8 uint8 = 200
	f := 3.99
	fmt.Println(uint8(i8), int8(u8), uint32(i8), int(f), int64(-f), float32(f), uint64(i8))
	fmt.Println(MyInt(f), Celsius(i8), MyStr("x")+"y", string(MyBytes("abc")), []byte(MyStr("é")))
	fmt.Println([]rune("héy"), string([]rune{104, 0x10ffff + 1, -1}), string(rune(233)), string(rune(-5)))
	var fn Fn = func(x int) int { return x * 2 }
	g := (func(int) int)(fn)
	fmt.Println(g(4), fn(3))
	p := Pt{1, 2}
	p2 := Pt2(p)
	pp := (*Pt2)(&p)
	pp.X = 9
	fmt.Println(p2, p, *pp)
	var e error = Err{}
	var s Stringer = MyInt(3)
	var a any = s
	fmt.Println(e, s, a, a.(Stringer).String(), a.(MyInt)+1)
	if _, ok := a.(error); !ok {
		fmt.Println("no error")
	}
	var c chan int = make(chan int, 1)
	var ro <-chan int = c
	var so chan<- int = c
	so <- 5
	fmt.Println(<-ro, ro == c, so == c)
	sl := []int{1, 2, 3, 4}
	ar := [4]int(sl)
	ap := (*[2]int)(sl)
	ap[0] = 50
	fmt.Println(ar, *ap, sl, len(ap), cap(sl[1:2]), sl[1:2:3])
	fmt.Println(conv[int, int8](300), conv[float64, int](2.7), conv[int8, uint16](-1), conv[MyInt2, float64](3))
	fmt.Println(strOf("q"), strOf([]byte("w")), strOf(MyBytes("e")), bytesOf("r"), bytesOf(MyBytes("t")))
	fmt.Println(five[int](), five[float32](), five[complex128](), fromRune('x'), fromRune(byte(65)))
	fmt.Println(toAny(nil) == nil, toAny((*int)(nil)) == nil, toAny(1) == toAny(1), toAny(int8(1)) == toAny(1))
	var np *Err
	var en error = np
	fmt.Println(en == nil, np == nil)
	x := 1.0
	fmt.Println(math.Float64bits(x), *(*uint64)(unsafe.Pointer(&x)), unsafe.Sizeof(p), unsafe.Offsetof(p.Y))
	var k uint = 3
	fmt.Println(1<<k, int(1.0)<<k == 8, -5>>k, -5/2, -5%2, 7&^2, ^5, +k, !true || k > 2)
	c1 := complex(1, 2)
	c2 := complex64(c1)
	fmt.Println(real(c1), imag(c2), c1*c1, c1 == 1+2i, -c1, c1/complex(x, 0))
	const big = 1 << 62
	fmt.Println(big, uint64(big)*2, 'a', "a"+"b", 07, 1e3, 0x1p-2)
	var iface interface{ Error() string } = e
	fmt.Println(iface == e, iface != nil)
	type local struct{ a any }
	fmt.Println(local{1} == local{1}, local{1} == local{"x"}, [2]any{1, "a"} == [2]any{1, "a"})
	var arr [3]int
	for i := range arr {
		arr[i] = i * i
	}
	brr := arr
	brr[0] = 7
	fmt.Println(arr == brr, arr, brr, len(arr), &arr != nil)
	fmt.Println(min(3, 1, 2), max(2.5, 1), min("b", "a"), max(k, 9))
	m := map[Pt]string{{1, 2}: "a", {3, 4}: "b"}
	pm := map[string]*Pt{"z": {5, 6}}
	ps := []*Pt{{1, 1}, nil, 4: {2, 2}}
	nested := [][]Pt{{{1, 2}}, {}, {{3, 4}, {5, 6}}}
	fmt.Println(m[Pt{1, 2}], pm["z"].Y, len(ps), ps[4].X, nested, [...]string{2: "c", 0: "a"})
	clear(m)
	delete(pm, "z")
	fmt.Println(len(m), len(pm), cap(make([]int, 2, 5)), len(make(chan int, 4)), cap(make(chan int, 4)))
	b := append([]byte("x"), "yz"...)
	b = append(b, '!', 0x21)
	n := copy(b, "QQ")
	fmt.Println(string(b), n, append([]int(nil)), append([]int{}, sl[2:]...))
	anon := struct {
		Pt
		N int
	}{Pt{1, 2}, 3}
	fmt.Println(anon.X, anon, anon.Pt.Y)
	var bl MyBool = k > 2
	ok2, v := MyBool(false), 0
	mi := map[string]int{"a": 1}
	v, ok2 = func() (int, MyBool) { return 1, true }()
	var vok MyBool
	v, vok = mi["a"]
	fmt.Println(bl, ok2, v, vok, bl && vok)
	us := unsafe.String(unsafe.StringData("hello"), 3)
	fmt.Println(us, unsafe.Slice(&sl[0], 2))
	var nf Fn
	fmt.Println(nf == nil, ((*Pt)(nil)) == nil, []int(nil) == nil, map[int]int(nil) == nil)
	fmt.Printf("%T %T %T %T\n", 'x', 1<<3, 2.0*1, "s"[0])
	fmt.Printf("%T %T\n", any(five[int]), any(nf))
	lbl := "outer"
	func(args ...any) { fmt.Println(len(args), lbl, args) }([]any{1, 2}...)
	func(args ...any) { fmt.Println(len(args), args == nil) }()
	func(args ...int) { fmt.Println(args) }(sl[:2]...)
}

type MyBool bool
type MyInt2 int
