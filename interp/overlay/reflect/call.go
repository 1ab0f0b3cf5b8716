package reflect

import (
	"internal/runtype"
	"unsafe"
)

// Method is method number i of v, as a function value with v in it.
func (v Value) Method(i int) Value {
	if v.t == nil {
		v.fail("Method")
	}
	all := (*rtype)(v.t).exported()
	if v.flag&flagMethod != 0 || uint(i) >= uint(len(all)) {
		panic("reflect: Method index out of range")
	}
	if v.Kind() == Interface && v.IsNil() {
		panic("reflect: Method on nil interface value")
	}
	v.flag |= flagMethod
	v.method = int32(all[i])
	return v
}

func (v Value) NumMethod() int {
	if v.t == nil {
		v.fail("NumMethod")
	}
	if v.flag&flagMethod != 0 {
		return 0
	}
	return (*rtype)(v.t).NumMethod()
}

func (v Value) MethodByName(name string) Value {
	if v.t == nil {
		v.fail("MethodByName")
	}
	if v.flag&flagMethod != 0 {
		return Value{}
	}
	for i, number := range (*rtype)(v.t).exported() {
		if found, _, _ := v.t.Method(number); found == name {
			return v.Method(i)
		}
	}
	return Value{}
}

func (v Value) methodType() *runtype.Type {
	_, _, t := v.t.Method(int(v.method))
	return t
}

// methodValue is a function value of its own. It has no frame that recover could
// see: the method is called directly.
func (v Value) methodValue() Value {
	plain := v
	plain.flag &^= flagMethod
	receiver := plain.boxed()
	if Kind(v.t.Kind()) == Interface && receiver == nil {
		panic("reflect: Method on nil interface value")
	}
	t := v.methodType()
	return Value{t: t, p: v.t.NewMethodFunc(int(v.method), runtype.Of(receiver), runtype.Word(receiver))}
}

func (v Value) Call(in []Value) []Value {
	v.mustBe("Call", Func)
	v.mustBeExported("Call")
	return v.call("Call", in)
}

func (v Value) CallSlice(in []Value) []Value {
	v.mustBe("CallSlice", Func)
	v.mustBeExported("CallSlice")
	return v.call("CallSlice", in)
}

func slots(t *runtype.Type) uintptr { return (t.Size() + 7) &^ 7 }

func (v Value) call(op string, in []Value) []Value {
	t := v.t
	isMethod := v.flag&flagMethod != 0
	if isMethod {
		t = v.methodType()
	} else if v.word() == nil {
		panic("reflect: call of nil function")
	}
	n := t.NumIn()
	isSlice := op == "CallSlice"
	switch {
	case isSlice && !t.Variadic():
		panic("reflect: CallSlice of non-variadic function")
	case isSlice && len(in) < n, !isSlice && len(in) < n-variadic(t):
		panic("reflect: " + op + " with too few input arguments")
	case isSlice && len(in) > n, !isSlice && !t.Variadic() && len(in) > n:
		panic("reflect: " + op + " with too many input arguments")
	}
	for _, x := range in {
		if x.Kind() == Invalid {
			panic("reflect: " + op + " using zero Value argument")
		}
	}
	for i := range n - variadic(t) {
		if have, want := in[i].Type(), toType(t.In(i)); !have.AssignableTo(want) {
			panic("reflect: " + op + " using " + have.String() + " as type " + want.String())
		}
	}
	if t.Variadic() && !isSlice {
		last := t.In(n - 1)
		rest := in[n-1:]
		packed := MakeSlice(toType(last), len(rest), len(rest))
		for i, x := range rest {
			if have := x.Type(); !have.AssignableTo(toType(last.Elem())) {
				panic("reflect: cannot use " + have.String() + " as type " + last.Elem().String() + " in " + op)
			}
			packed.Index(i).Set(x)
		}
		in = append(append([]Value(nil), in[:n-1]...), packed)
	}

	var size uintptr
	for i := range n {
		size += slots(t.In(i))
	}
	args := newMemory(size)
	at := args
	for i, x := range in {
		x.mustBeExported(op)
		want := t.In(i)
		x = x.assignedTo("reflect.Value.Call", want)
		want.Copy(at, x.at(), 1)
		at = runtype.Add(at, slots(want))
	}
	var resultSize uintptr
	for i := range t.NumOut() {
		resultSize += slots(t.Out(i))
	}
	results := newMemory(resultSize)
	if isMethod {
		plain := v
		plain.flag &^= flagMethod
		receiver := plain.boxed()
		if Kind(v.t.Kind()) == Interface && receiver == nil {
			panic("reflect.Value.Call: nil interface value")
		}
		v.t.CallMethod(int(v.method), runtype.Of(receiver), runtype.Word(receiver), args, size, results)
	} else {
		runtype.Call(v.word(), args, size, results)
	}

	out := make([]Value, t.NumOut())
	for i := range out {
		out[i] = copied(t.Out(i), results, 0)
		results = runtype.Add(results, slots(t.Out(i)))
	}
	return out
}

func variadic(t *runtype.Type) int {
	if t.Variadic() {
		return 1
	}
	return 0
}

var wordType = runtype.Of(unsafe.Pointer(nil))

func newMemory(size uintptr) unsafe.Pointer {
	return wordType.NewArray(int(size/8) + 1)
}

// madeFunc is what a function of MakeFunc runs.
type madeFunc struct {
	t  *runtype.Type
	fn func(args []Value) (results []Value)
}

func MakeFunc(typ Type, fn func(args []Value) (results []Value)) Value {
	if typ.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := typ.common()
	return Value{t: t, p: t.NewFunc(unsafe.Pointer(&madeFunc{t, fn}))}
}

// callMade is called by the interpreter when a function of MakeFunc is called.
func callMade(made *madeFunc, args, results unsafe.Pointer) {
	in := make([]Value, made.t.NumIn())
	for i := range in {
		t := made.t.In(i)
		in[i] = copied(t, args, 0)
		args = runtype.Add(args, slots(t))
	}
	out := made.fn(in)
	if len(out) != made.t.NumOut() {
		panic("reflect: wrong return count from function created by MakeFunc")
	}
	for i, x := range out {
		t := made.t.Out(i)
		if x.t == nil {
			panic("reflect: function created by MakeFunc using closure returned zero Value")
		}
		if x.flag&flagReadOnly != 0 {
			panic("reflect: function created by MakeFunc using closure returned value obtained from unexported field")
		}
		x = x.assignedTo("reflect.MakeFunc", t)
		t.Copy(results, x.at(), 1)
		results = runtype.Add(results, slots(t))
	}
}
