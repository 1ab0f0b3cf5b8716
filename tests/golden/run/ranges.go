package main

import (
	"fmt"
	"sort"
)

type Str string
type Mint int
type Int8 int8
type Arr [3]string

var calls int

func arr() [3]int { calls++; return [3]int{1, 2, 3} }
func ptr() *[3]int {
	calls++
	return &[3]int{4, 5, 6}
}
func slice() []int       { calls++; return []int{7, 8} }
func str() string        { calls++; return "aé\xff世" }
func mp() map[string]int { calls++; return map[string]int{"a": 1, "b": 2} }
func num() int           { calls++; return 3 }

func gen[T ~int](n T) (s T) {
	for i := range n {
		s += i
	}
	for range n {
		s++
	}
	return
}
func genSlice[S ~[]E, E any](s S) (n int) {
	for i, e := range s {
		fmt.Print(i, e, " ")
		n++
	}
	for range s {
		n++
	}
	return
}
func genMap[M ~map[K]V, K comparable, V any](m M) (n int) {
	for k, v := range m {
		_, _ = k, v
		n++
	}
	return
}
func genStr[S ~string](s S) {
	for i, r := range s {
		fmt.Print(i, string(r), " ")
	}
	fmt.Println()
}
func genChan[C ~chan E, E any](c C) (out []E) {
	for v := range c {
		out = append(out, v)
	}
	return
}
func genArr[A ~[3]E, E any](a A) {
	for i := range a {
		fmt.Print(i)
	}
	fmt.Println()
}

type S struct{ k, v int }

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	for i := range 3 {
		fmt.Print(i)
	}
	for i := range Int8(3) {
		fmt.Printf("%T%d ", i, i)
	}
	var i8 int8
	for i8 = range 5 {
	}
	fmt.Println(i8)
	var u uint8 = 255
	n := 0
	for range u {
		n++
	}
	for i := range u {
		u = 0
		n += int(i)
	}
	fmt.Println(n)
	for i := range -5 {
		fmt.Println("never", i)
	}
	const c = 2
	for i := range c {
		fmt.Printf("%T ", i)
	}
	for range num() {
		fmt.Print(".")
	}
	fmt.Println(calls)

	for i := range arr() {
		fmt.Print(i)
	}
	for i, v := range arr() {
		fmt.Print(i, v, " ")
	}
	for i := range ptr() {
		fmt.Print(i)
	}
	for i, v := range ptr() {
		fmt.Print(i, v, " ")
	}
	for range slice() {
		fmt.Print("s")
	}
	for _, v := range slice() {
		fmt.Print(v)
	}
	for i, r := range str() {
		fmt.Print(i, ":", r, " ")
	}
	for i := range str() {
		fmt.Print(i, " ")
	}
	for range str() {
		fmt.Print("r")
	}
	for range mp() {
		fmt.Print("m")
	}
	fmt.Println(calls)
	var keys []string
	for k, v := range mp() {
		keys = append(keys, fmt.Sprint(k, v))
	}
	sort.Strings(keys)
	fmt.Println(keys)

	// copies
	a := [3]int{1, 2, 3}
	for i, v := range a {
		a[2] = 100
		fmt.Print(i, v, " ")
	}
	a = [3]int{1, 2, 3}
	for i, v := range &a {
		a[2] = 100
		fmt.Print(i, v, " ")
	}
	sl := []int{1, 2, 3}
	for i, v := range sl {
		sl = append(sl, v)
		sl[0] = 50
		if i == 0 {
			sl = sl[:1]
		}
		fmt.Print(i, v, " ")
	}
	fmt.Println(sl)
	s := "abc"
	for i, r := range s {
		s = "xyz"
		fmt.Print(i, string(r))
	}
	fmt.Println()
	var np *[4]int
	for i := range np {
		fmt.Print(i)
	}
	try("nil array pointer", func() {
		for i, v := range np {
			fmt.Print(i, v)
		}
	})
	var nm map[int]int
	for range nm {
		fmt.Print("never")
	}
	// targets
	var st S
	idx := []int{0, 0, 0, 0}
	for st.k, st.v = range []int{5, 6} {
		fmt.Print(st)
	}
	k := 0
	for k, idx[k] = range []int{10, 20, 30} {
	}
	fmt.Println(k, idx)
	var e any
	for e = range []int{1, 2} {
		fmt.Print(e)
	}
	for _, e = range []string{"x"} {
		fmt.Print(e)
	}
	fmt.Println()
	m2 := map[string]int{}
	for m2["i"], m2["v"] = range []int{4, 5} {
	}
	fmt.Println(m2)
	// deletion and insertion while ranging
	md := map[int]bool{}
	for i := range 100 {
		md[i] = true
	}
	seen := 0
	for k := range md {
		delete(md, k)
		delete(md, k+1)
		seen++
	}
	fmt.Println(len(md), seen <= 100)
	for k := range md {
		delete(md, k)
	}
	ch := make(chan int, 5)
	for i := range 5 {
		ch <- i
	}
	close(ch)
	for v := range ch {
		fmt.Print(v)
		if v == 2 {
			break
		}
	}
	for range ch {
		fmt.Print("c")
	}
	fmt.Println()
	fmt.Println(gen(5), gen(Mint(4)))
	fmt.Println(genSlice([]string{"a", "b"}), genSlice(Sl{1, 2}), genMap(map[int]bool{1: true}))
	genStr(Str("hé"))
	c2 := make(chan string, 2)
	c2 <- "x"
	close(c2)
	fmt.Println(genChan(c2))
	genArr(Arr{})
	for i, x := range [...]struct{ a int }{{1}, {2}} {
		fmt.Print(i, x.a)
	}
	for i := range len(s) {
		fmt.Print(i)
	}
	for _, f := range []func(){func() { fmt.Print("f") }} {
		f()
	}
	for i, r := range Str("héy") {
		fmt.Printf("%d%c%T", i, r, r)
	}
	for range "x" {
	}
	for i, b := range []byte("hé") {
		fmt.Print(i, b, " ")
	}
	fmt.Println()
	<-cc()
	for i := range <-cc() {
		fmt.Print(i)
	}
	fmt.Println()
}

func cc() chan [2]int { c := make(chan [2]int, 1); c <- [2]int{1, 2}; fmt.Print("cc"); return c }

type Sl []int
