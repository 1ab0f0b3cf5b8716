// Package vm runs byte code; its errors are panics inside.
package vm

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
)

type Op byte

const (
	Push Op = iota
	Add
	Div
	Jump
	Halt
)

type Instr struct {
	Op  Op
	Arg int
}

type VM struct {
	stack []int
	pc    int
	trace io.Writer
}

type Fault struct {
	PC  int
	Err error
}

func (f *Fault) Error() string { return fmt.Sprintf("pc %d: %v", f.PC, f.Err) }
func (f *Fault) Unwrap() error { return f.Err }

var errStack = errors.New("vm: stack is empty")

func (v *VM) pop() int {
	if len(v.stack) == 0 {
		panic(errStack)
	}
	x := v.stack[len(v.stack)-1]
	v.stack = v.stack[:len(v.stack)-1]
	return x
}

// Run turns every panic into a Fault, those of the runtime as well.
func (v *VM) Run(prog []Instr) (result int, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case runtime.Error:
			err = &Fault{v.pc, r}
		case error:
			err = &Fault{v.pc, r}
		default:
			panic(r)
		}
	}()
	for {
		in := prog[v.pc]
		v.pc++
		switch in.Op {
		case Push:
			v.stack = append(v.stack, in.Arg)
		case Add:
			v.stack = append(v.stack, v.pop()+v.pop())
		case Div:
			d := v.pop()
			v.stack = append(v.stack, v.pop()/d)
		case Jump:
			v.pc = in.Arg
		case Halt:
			return v.pop(), nil
		}
	}
}

// Peek's result tells nothing of the panic it caught.
func (v *VM) Peek(n int) (x int, err error) {
	defer func() {
		if r := recover(); r != nil { // want "^warning: "
			x = 0
		}
	}()
	return v.stack[len(v.stack)-n], nil
}

// PeekOK tells.
func (v *VM) PeekOK(n int) (x int, ok bool) {
	defer func() {
		if recover() != nil {
			x, ok = 0, false
		}
	}()
	return v.stack[len(v.stack)-n], true
}

// Spin runs without an end, and says so at the end.
func (v *VM) Spin(prog []Instr) {
	defer fmt.Fprintln(v.trace, "stopped")
	for {
		for v.pc = 0; v.pc < len(prog); v.pc++ {
			if prog[v.pc].Op == Halt {
				break
			}
		}
	}
}

// Step stops by a panic.
func (v *VM) Step(prog []Instr) {
	defer fmt.Fprintln(v.trace, "stopped")
	for {
		if v.pc >= len(prog) {
			panic("vm: end")
		}
		v.pc++
	}
}

// Assemble gives up by a panic that names what it recovers.
func Assemble(src string) (prog []Instr, err error) {
	type syntax struct{ error }
	defer func() {
		if r := recover(); r != nil {
			s, ok := r.(syntax)
			if !ok {
				panic(fmt.Sprintf("vm: %v", r))
			}
			err = s.error
		}
	}()
	for i, l := range strings.Split(src, "\n") {
		switch f := strings.Fields(l); {
		case len(f) == 0:
		case f[0] == "halt":
			prog = append(prog, Instr{Op: Halt})
		default:
			panic(syntax{fmt.Errorf("line %d: %s", i+1, f[0])})
		}
	}
	return prog, nil
}

// Depth counts on recover for a stack that overflows.
func Depth(n *node) (d int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("too deep: %v", r)
		}
	}()
	return depth(n), nil
}

type node struct{ l, r *node }

func depth(n *node) int {
	if n == nil {
		return 0
	}
	return 1 + max(depth(n.l), depth(n.r))
}
