package main

import (
	"errors"
	"fmt"
	"io"
)

var log []string

func tr[T any](s string, v T) T { log = append(log, s); return v }

type E struct{ n int }

func (e *E) Error() string { return fmt.Sprint("E", e.n) }

type I interface{ M() }
type A int

func (A) M() {}

type B struct{}

func (*B) M() {}

func ts(x any) string {
	switch v := x.(type) {
	case nil:
		return fmt.Sprintf("nil %v", v)
	case int:
		v++
		return fmt.Sprint("int ", v)
	case string, []byte:
		return fmt.Sprintf("text %T", v)
	case error:
		return "error " + v.Error()
	case func() int:
		return fmt.Sprint("func ", v())
	case interface{ M() }:
		v.M()
		return fmt.Sprintf("M %T", v)
	case *int:
		*v++
		return fmt.Sprint("ptr ", *v)
	case chan int, map[string]int:
		return "ref"
	case struct{ a int }:
		v.a = 4
		return fmt.Sprint(v.a)
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func gts[T any](x any) string {
	switch v := x.(type) {
	case T:
		return fmt.Sprintf("T %T", v)
	case int:
		return "int"
	case []T:
		return fmt.Sprint("[]T ", len(v))
	case map[string]T, chan T:
		return fmt.Sprintf("mapchan %T", v)
	case nil:
		return "nil"
	}
	return "none"
}

func gsw[T comparable](x, y T) bool {
	switch x {
	case y:
		return true
	}
	return false
}

func gany[T any](x T) string {
	switch any(x).(type) {
	case int, string:
		return "is"
	case interface{ Error() string }:
		return "err"
	}
	return "not"
}

func sw(x any) string {
	switch x {
	case 1:
		return "one"
	case "s":
		return "s"
	case nil:
		return "nil"
	case 1.5, 'a':
		return "num"
	case io.EOF:
		return "eof"
	case A(1):
		return "A1"
	case [2]int{1, 2}:
		return "arr"
	}
	return "?"
}

type NB bool

func main() {
	n := 5
	for _, x := range []any{nil, 1, "a", []byte("b"), errors.New("x"), func() int { return 3 }, A(1), &B{}, &n, make(chan int), map[string]int{}, struct{ a int }{}, 1.5, error(nil), &E{4}} {
		fmt.Println(ts(x))
	}
	for _, x := range []any{nil, 1, "a", []int{1}, []string{"a"}, map[string]int{}, make(chan string), 2.5} {
		fmt.Println(gts[int](x), gts[string](x), gts[any](x), gts[error](x))
	}
	fmt.Println(gsw(1, 1), gsw("a", "b"), gsw[any](1, "a"), gsw[any](nil, nil), gsw([1]int{1}, [1]int{1}))
	fmt.Println(gany(1), gany("x"), gany(&E{}), gany(1.5))
	for _, x := range []any{1, "s", nil, 1.5, 'a', io.EOF, A(1), [2]int{1, 2}, 1.0} {
		fmt.Print(sw(x), " ")
	}
	fmt.Println()
	// order
	switch tr("tag", 3) {
	case tr("c1", 1), tr("c2", 2):
		fmt.Println("no")
	default:
		fmt.Println("default")
	case tr("c3", 3):
		fmt.Println("three")
		fallthrough
	case tr("c4", 4):
		fmt.Println("four")
	}
	fmt.Println(log)
	log = nil
	switch {
	case tr("a", false) || tr("b", false), tr("c", true) && tr("d", true):
		fmt.Println("cond")
	case tr("e", true):
		fmt.Println("no")
	}
	fmt.Println(log)
	switch x := n; {
	case x > 4 && x < 6:
		fmt.Println("in")
	}
	switch n := n * 2; n {
	case 10:
		n++
		fmt.Println(n)
	}
	switch true {
	default:
		fmt.Println("default")
	case n == 4:
		fmt.Println("4")
	}
	switch false {
	case n == 4:
		fmt.Println("not 4")
	}
	switch NB(n == 5) {
	case true:
		fmt.Println("NB")
	}
	switch {
	}
	switch n {
	}
	switch tr("only", 1); {
	default:
	}
	switch any(n).(type) {
	}
	fmt.Println(n, log)
	var e error = &E{1}
	switch e := e.(type) {
	case *E:
		e.n = 9
	}
	fmt.Println(e)
	switch e {
	case e:
		fmt.Println("same")
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		var x any = []int{1}
		switch x {
		case x:
		}
	}()
	var fn func()
	switch fn {
	case nil:
		fmt.Println("nil func")
	}
	switch f := func(i int) int { return i }; f(2) {
	case 1, 2, 3:
		fmt.Println("f")
	}
	for i := range 3 {
		switch {
		case i == 1:
			continue
		case i == 2:
			break
		}
		fmt.Print(i)
	}
	fmt.Println()
	switch s := "hello"; s[:2] {
	case "h" + "e":
		fmt.Println("str")
	}
	switch x := any(n).(type) {
	case int, string:
		x = "changed"
		fmt.Println(x)
	}
	y := 1
	switch y {
	case func() int { y = 2; return 2 }():
		fmt.Println("two")
	case 1:
		fmt.Println("tag copied")
	}
}
