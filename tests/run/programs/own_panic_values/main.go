package main

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
)

type myErr struct{}

func (myErr) Error() string { return "mine" }
func (myErr) RuntimeError() {}

func catch(f func()) (r any) {
	defer func() { r = recover() }()
	f()
	return "no panic"
}

func main() {
	var (
		np    *struct{ a [1 << 20]int }
		s     = []int{1, 2, 3}
		i     = 5
		e     any
		m     map[string]int
		c     chan int
		fn    func()
		str   = "abc"
		zero  int
		neg   = -1
		iface fmt.Stringer
	)
	for k, f := range []func(){
		func() { _ = np.a[1000] },
		func() { _ = s[i] },
		func() { _ = s[neg:] },
		func() { _ = s[2:i-4:3] },
		func() { _ = s[:i] },
		func() { _ = str[i] },
		func() { _ = str[i:] },
		func() { _ = 1 / zero },
		func() { _ = 1 % zero },
		func() { _ = 1 << neg },
		func() { _ = e.(int) },
		func() { e = "x"; _ = e.(int) },
		func() { _ = e.(fmt.Stringer) },
		func() { e = myErr{}; _ = e.(interface{ Missing(int) string }) },
		func() { m["a"] = 1 },
		func() { close(c) },
		func() { c = make(chan int); close(c); close(c) },
		func() { c <- 1 },
		func() { fn() },
		func() { _ = iface.String() },
		func() { _ = make([]int, neg) },
		func() { _ = make([]int, 1, zero) },
		func() { _ = make(chan int, neg) },
		func() { _ = [2]int(s[:1]) },
		func() { _ = (*[4]int)(s) },
		func() { _ = map[any]int{[]int{1}: 2} },
		func() { e = func() {}; _ = e == e },
		func() { panic(nil) },
		func() { panic(fs.ErrNotExist) },
		func() { panic(myErr{}) },
		func() { var p *myErr; _ = p.Error() },
		func() { panic(errors.Join(errors.New("a"), errors.New("b"))) },
		func() { strings.Repeat("x", neg) },
		func() { s = append(s[:0:0], make([]int, 3)...); _ = s[len(s)] },
		func() { clear(m); delete(m, "x"); _ = m["y"]; panic("fine") },
		func() { var arr [3]int; p := &arr; _ = p[i] },
		func() { var p *[3]int; for k := range p { i = k }; _ = len(p); _ = p[1] },
	} {
		r := catch(f)
		err, isErr := r.(error)
		_, isRT := r.(runtime.Error)
		fmt.Printf("%d %T %v %v %v\n", k, r, r, isErr, isRT)
		_ = err
	}
}
