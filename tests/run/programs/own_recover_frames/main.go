package main

import (
	"fmt"
	"reflect"
	"sync"
)

type T struct{ name string }

func (t T) Value()    { fmt.Println("value", t.name, recover()) }
func (t *T) Pointer() { fmt.Println("pointer", t.name, recover()) }

type Outer struct{ *T }
type Face interface{ Value() }
type Deep struct{ Face }

func deferred(name string, f func()) {
	defer func() { fmt.Println(name, "left over:", recover()) }()
	defer f()
	panic(name)
}

func generic[X fmt.Stringer](x X) { fmt.Println("generic", x, recover()) }

type S string

func (s S) String() string { return string(s) }
func (s S) Rec()           { fmt.Println("rec", recover()) }

type G[X any] struct{ x X }

func (g G[X]) Rec()   { fmt.Println("G", g.x, recover()) }
func (g *G[X]) PRec() { fmt.Println("*G", g.x, recover()) }

func main() {
	t := &T{"t"}
	deferred("method value", t.Value)
	deferred("pointer method value", t.Pointer)
	deferred("promoted", Outer{t}.Value)
	deferred("promoted twice", Deep{Face(Outer{t})}.Value)
	deferred("expression", func() { T.Value(*t) })
	deferred("reflected method", reflect.ValueOf(t).MethodByName("Pointer").Interface().(func()))
	deferred("reflected value method", reflect.ValueOf(*t).Method(0).Interface().(func()))
	deferred("reflected value method of pointer", reflect.ValueOf(t).MethodByName("Value").Interface().(func()))
	f := reflect.TypeOf(t).Method(0).Func.Interface().(func(*T))
	func() {
		defer func() { fmt.Println("left", recover()) }()
		defer f(t)
		panic("reflected expression")
	}()
	g := reflect.TypeOf(t).Method(1).Func.Interface().(func(*T))
	func() {
		defer func() { fmt.Println("left", recover()) }()
		defer g(t)
		panic("reflected wrapper expression")
	}()
	deferred("made", reflect.MakeFunc(reflect.TypeOf(func() {}), func([]reflect.Value) []reflect.Value {
		fmt.Println("made", recover())
		return nil
	}).Interface().(func()))
	deferred("reflect.Call", func() { reflect.ValueOf(t.Pointer).Call(nil) })
	func() {
		defer func() { fmt.Println("left", recover()) }()
		defer reflect.ValueOf(t.Pointer).Call(nil)
		panic("deferred reflect.Call")
	}()
	func() {
		defer func() { fmt.Println("left", recover()) }()
		defer generic(S("s"))
		panic("generic")
	}()
	deferred("generic method", G[int]{1}.Rec)
	deferred("generic pointer method", (&G[string]{"x"}).PRec)
	deferred("once", func() { var o sync.Once; o.Do(func() { fmt.Println("once", recover()) }) })
	deferred("OnceFunc", sync.OnceFunc(func() { fmt.Println("OnceFunc", recover()) }))
	deferred("nested call", func() { func() { fmt.Println("nested", recover()) }() })
	deferred("nested defer", func() { defer func() { fmt.Println("nested defer", recover()) }() })
	deferred("twice", func() { fmt.Println(recover(), recover()) })
	deferred("range body", func() {
		for range func(yield func() bool) { yield() } {
			fmt.Println("range body", recover())
		}
	})
	for range 2 {
		defer func() { fmt.Println("last", recover()) }()
	}
	var i Face = S2{}
	defer i.Value()
	panic("end")
}

type S2 struct{}

func (S2) Value() { fmt.Println("S2", recover()) }
