package p

import (
	"fmt"
	"log"
	"strconv"
)

type point struct{ x, y int }

type shape interface{ Area() float64 }

func Index(xs []int, i int) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("index: %v", r)
		}
	}()
	return xs[i], nil
}

func First(xs []int) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("first: %v", r)
		}
	}()
	return xs[0], nil
}

func Divide(a, b int) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("divide: %v", r)
		}
	}()
	return a / b, nil
}

func Assert(v any) (s string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("assert: %v", r)
		}
	}()
	return v.(string), nil
}

func Deref(p *point) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("deref: %v", r)
		}
	}()
	return p.x + p.y, nil
}

func Callback(f func() int) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("callback: %v", r)
		}
	}()
	return f(), nil
}

func Interface(s shape) (area float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("area: %v", r)
		}
	}()
	return s.Area(), nil
}

func Send(ch chan<- int, n int) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			ok = false
		}
	}()
	ch <- n
	return true
}

func Put(m map[string]int, key string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("put: %v", r)
		}
	}()
	m[key]++
	return nil
}

func mustInt(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

func Must(s string) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("must: %v", r)
		}
	}()
	return mustInt(s) * 2, nil
}

// A panic before, and one after.
func Both(s string) (n int) {
	if s == "" {
		panic("empty")
	}
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}()
	return mustInt(s)
}

// The deferred call of another function panics.
func LaterDefer(s string) {
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}()
	defer mustInt(s)
}

// The first of two catches what comes before the second.
func Two(s string) {
	defer func() {
		if r := recover(); r != nil {
			log.Println("first:", r)
		}
	}()
	n := mustInt(s)
	defer func() {
		if r := recover(); r != nil {
			log.Println("second:", r, n)
		}
	}()
	mustInt(s + "0")
}

// A guard that cleans up and lets the panic go on.
func Guard(release func()) {
	defer func() {
		if r := recover(); r != nil {
			release()
			panic(r)
		}
	}()
	fmt.Println("working")
}

// In a loop what comes before the defer statement comes after it, too.
func Loop(all []string) {
	for _, s := range all {
		n := mustInt(s)
		defer func() {
			if r := recover(); r != nil {
				log.Println(r, n)
			}
		}()
	}
}

func Slice(s string, n int) (part string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("slice: %v", r)
		}
	}()
	return s[:n], nil
}

func Make(n int) (b []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("make: %v", r)
		}
	}()
	return make([]byte, n), nil
}
