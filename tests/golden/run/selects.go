// exit code 2

package main

import (
	"fmt"
	"time"
)

var log []string

func ch(s string, c chan int) chan int { log = append(log, s); return c }
func val(s string, v int) int          { log = append(log, s); return v }
func flush()                           { fmt.Println(log); log = nil }

type T struct{ a [3]int }

func try(f func()) {
	defer func() { fmt.Println("->", recover()) }()
	f()
}

func single() {
	c := make(chan int, 3)
	select {
	case c <- 1:
		fmt.Println("sent")
	}
	select {
	case v := <-c:
		fmt.Println("got", v)
	}
	c <- 2
	select {
	case v, ok := <-c:
		fmt.Println(v, ok)
	}
	close(c)
	select {
	case v, ok := (<-c):
		fmt.Println(v, ok)
	}
	select {
	case <-c:
	}
	select {
	default:
		fmt.Println("default")
	}
	select {
	case <-c:
		fmt.Println("closed")
	default:
		fmt.Println("no")
	}
	var nilc chan int
	select {
	case <-nilc:
	case nilc <- 1:
	default:
		fmt.Println("nil never")
	}
	try(func() {
		select {
		case c <- 1:
		default:
		}
	})
}

func order() {
	a, b := make(chan int, 1), make(chan int, 1)
	b <- 5
	var nilc chan int
	var t T
	m := map[string]bool{}
	select {
	case ch("a", nilc) <- val("va", 1):
	case t.a[val("i", 2)], m["k"] = <-ch("b", b):
		fmt.Println(t, m)
	case nilc <- val("v", 2):
	}
	flush()
	select {
	case t.a[val("i", 9)] = <-ch("n", nilc):
	default:
		fmt.Println("not evaluated")
	}
	flush()
	try(func() {
		b <- 1
		select {
		case t.a[val("i", 9)] = <-ch("n", b):
		}
	})
	flush()
	var e any
	var f float64
	_ = f
	a <- 3
	select {
	case e = <-a:
	}
	fmt.Println(e)
	a <- 4
	var ok bool
	select {
	case e, ok = <-a:
	case <-nilc:
	}
	fmt.Println(e, ok)
	ic := make(chan any, 1)
	select {
	case ic <- 3:
	default:
	}
	fmt.Println(<-ic)
	a <- 1
	select {
	case _ = <-a:
		fmt.Println("blank")
	}
	a <- 1
	select {
	case _, ok = <-a:
		fmt.Println(ok)
	case _, _ = <-nilc:
	}
}

func loop() {
	data, quit := make(chan int), make(chan struct{})
	res := make(chan int)
	go func() {
		sum := 0
		for {
			select {
			case v := <-data:
				if v == 3 {
					continue
				}
				sum += v
			case <-quit:
				res <- sum
				return
			}
		}
	}()
	for i := range 6 {
		data <- i
	}
	close(quit)
	fmt.Println(<-res)
	var fs []func() int
	c := make(chan int, 4)
	for i := range 4 {
		c <- i
	}
L:
	for {
		select {
		case v := <-c:
			fs = append(fs, func() int { v++; return v })
			if v == 3 {
				break L
			}
			if v == 1 {
				break
			}
		}
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
}

func fair() {
	a, b := make(chan int, 100), make(chan int, 100)
	for range 100 {
		a <- 1
		b <- 1
	}
	n := [2]int{}
	for range 100 {
		select {
		case <-a:
			n[0]++
		case <-b:
			n[1]++
		}
	}
	fmt.Println(n[0]+n[1], n[0] > 0, n[1] > 0)
}

func timeout() {
	c := make(chan int)
	select {
	case <-c:
	case <-time.After(10 * time.Millisecond):
		fmt.Println("timeout")
	}
	done := make(chan bool)
	go func() {
		select {
		case c <- 7:
		case <-time.After(time.Second):
		}
		done <- true
	}()
	select {
	case v, ok := <-c:
		fmt.Println(v, ok)
	case <-done:
	}
	<-done
	go func() { select {} }()
}

func gsel[C chan T, T any](c C, v T) (out T) {
	select {
	case c <- v:
	default:
	}
	select {
	case out = <-c:
	default:
	}
	return
}

func main() {
	single()
	order()
	loop()
	fair()
	timeout()
	fmt.Println(gsel(make(chan int, 1), 4), gsel(make(chan string), "x"))
	for range 2 {
		select {
		default:
			continue
		}
	}
	var once bool
	for {
		if once {
			break
		}
		once = true
		func() {
			defer fmt.Println("deferred in select")
			select {
			default:
				return
			}
		}()
	}
	fmt.Println("before deadlock")
	select {}
}
