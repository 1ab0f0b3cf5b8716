// Functions that do nothing but panic.
package p

import "fmt"

type machine struct {
	pc    int
	value any
	ops   []func()
}

func (m *machine) trap(format string, args ...any) {
	panic(fmt.Sprintf("%d: %s", m.pc, fmt.Sprintf(format, args...)))
}

func (m *machine) rethrow() { panic(m.value) }

func (m *machine) run() {
	defer func() {
		if recover() != nil {
			m.trap("the program failed") // want "the panic of `trap` drops the panic that was recovered"
		}
	}()
	for _, op := range m.ops {
		op()
	}
}

func (m *machine) runTold() {
	defer func() {
		if r := recover(); r != nil {
			m.trap("the program failed: %v", r)
		}
	}()
	for _, op := range m.ops {
		op()
	}
}

func (m *machine) runKept() {
	defer func() {
		if r := recover(); r != nil {
			m.value = r
			m.pc = 0
			m.rethrow()
		}
	}()
	for _, op := range m.ops {
		op()
	}
}

func (m *machine) runChecked() {
	defer func() {
		if m.pc < 0 {
			m.trap("bad counter")
		}
	}()
	for _, op := range m.ops {
		op()
	}
}
