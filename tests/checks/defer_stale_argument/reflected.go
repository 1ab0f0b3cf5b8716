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
