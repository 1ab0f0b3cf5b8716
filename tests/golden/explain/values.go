package p

import (
	"fmt"
	"io"
	"sync"
	"time"
)

//explain: values
//explain: receivers
//explain: variables
//explain: functions

const limit = 3

type point struct{ x, y int }

func (p point) Print()          {}
func (p *point) Move(x, y int)  {}
func pair() (int, error)        { return 0, nil }
func show(n int, err error)     {}
func trace(name string) func()  { return func() {} }
func list(xs ...any)            {}
func later(f func(), n ...int)  {}
func text(s string) string      { return s }
func timed(from time.Time)      {}
func sum(xs ...int) (total int) { return 0 }

var global = 4

func values(n int, s string) {
	defer fmt.Println(n, limit, "text", s+"!", len(s), global)
	defer show(pair())
	defer list([]any{n}...)
	defer list()
	defer later(func() {}, n, 2)
	defer text(text(s))
	defer print(n, s)
	defer close(make(chan int))
}

func receivers(p *point, q point, w io.Closer, mu *sync.Mutex) {
	var r point
	defer p.Print()
	defer p.Move(1, 2)
	defer q.Print()
	defer r.Move(r.x, q.y)
	defer w.Close()
	defer mu.Unlock()
	r.x = 2
}

func variables(x bool) (n int) {
	start := time.Now()
	var name string
	if x {
		name = "x"
	}
	defer timed(start)
	defer fmt.Println(name, n)
	n = 3
	defer fmt.Println(n)
	for i := 0; i < 3; i++ {
		defer fmt.Println(i)
	}
	for i := range 3 {
		defer fmt.Println(i)
	}
	return sum(n)
}

func functions(f func(), fs map[string]func(int)) {
	defer trace("functions")()
	defer f()
	defer fs["one"](1)
	g := f
	defer g()
	m := (&point{}).Print
	defer m()
}
