package p

import (
	"fmt"
	"reflect"
)

func caught(v reflect.Value) {
	if r := recover(); r != nil {
		fmt.Println(v.Kind(), r)
	}
}

func address(v reflect.Value) reflect.Value { return v.Addr() }

// Both refer to the same.
func call(v reflect.Value) {
	defer caught(v)
	if v.CanAddr() {
		v = address(v)
	}
	v.Method(0).Call(nil)
}

func first(all []any) {
	var v reflect.Value
	defer caught(v) // want "`v` is evaluated by the `defer` statement"
	v = reflect.ValueOf(all[0])
	v.Method(0).Call(nil)
}

type logged struct {
	log   interface{ Print(string, int) }
	count int
}

// The receiver is another part.
func (l *logged) work(n int) {
	defer l.log.Print("worked", l.count) // want "`l.count` is evaluated by the `defer` statement"
	l.count += n
}

type stack struct{ all []int }

func (s *stack) unwind(n int) { s.all = s.all[:n] }

func (s *stack) with(v int) {
	defer s.unwind(len(s.all))
	s.all = append(s.all, v)
}
