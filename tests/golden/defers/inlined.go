package defers

// Calls that gc inlines before it looks at what escapes.

func maker(p *int) func() { return func() { *p = 1 } }

func callsMade() (n int) {
	defer done() // want "open-coded"
	maker(&n)()
	return
}

func defersMade() (n int) {
	defer maker(&n)() // want "open-coded"
	return
}

func savesMade() (n int) {
	defer done() // want "stack-allocated"
	saved.f = maker(&n)
	return
}

func unlock(p *int) func() {
	if p == nil {
		return nil
	}
	for range *p {
		done()
	}
	return func() { *p = 1 }
}

func defersUnlock() (n int) {
	defer unlock(&n)() // want "open-coded"
	return
}

//go:noinline
func notInlined(p *int) func() { return func() { *p = 1 } }

func defersNotInlined() (n int) {
	defer notInlined(&n)() // want "stack-allocated"
	return
}

func long(p *int, names []string) func() {
	total := 0
	for i, name := range names {
		if len(name) > i {
			total += len(name) * i
		} else if name == "none" {
			total -= 2
		}
	}
	if total > 100 {
		names = append(names, names[total%len(names)])
		names[0], names[1] = names[1], names[0]
	}
	if len(names) == 3 {
		return nil
	}
	return func() { *p = total }
}

func defersLong() (n int) {
	defer long(&n, nil)() // want "stack-allocated"
	return
}

func callsTwo(p *int) func() {
	long(nil, nil)
	long(nil, nil)
	return func() { *p = 1 }
}

func defersCallsTwo() (n int) {
	defer callsTwo(&n)() // want "stack-allocated"
	return
}

type stack struct{ items []*int }

func (s *stack) push(p *int) *stack {
	s.items = append(s.items, p)
	return s
}

func (s *stack) each() func(yield func(*int) bool) {
	return func(yield func(*int) bool) {
		for _, item := range s.items {
			if !yield(item) {
				return
			}
		}
	}
}

func pushes() (n int) {
	defer done() // want "stack-allocated"
	var s stack
	s.push(&n)
	return
}

func overEach(s *stack) (n int) {
	defer done() // want "open-coded"
	for p := range s.each() {
		if *p > 3 {
			return *p
		}
		n++
	}
	return
}

func overSaved(s *stack) (n int) {
	defer done() // want "open-coded"
	each := s.each()
	for p := range each {
		n += *p
	}
	return
}

func overOther(s *stack, other bool) (n int) {
	defer done() // want "stack-allocated"
	each := s.each()
	if other {
		each = nil
	}
	for p := range each {
		n += *p
	}
	return
}

func mapped[T, U any](seq func(func(T) bool), f func(T) U) func(func(U) bool) {
	return func(yield func(U) bool) {
		for x := range seq {
			if !yield(f(x)) {
				return
			}
		}
	}
}

func overMapped() (n int) {
	defer done() // want "open-coded"
	for x := range mapped(sequence, func(x int) string { return "x" }) {
		n += len(x)
	}
	return
}

func collect(seq func(func(int) bool)) (all []int) {
	for x := range seq {
		all = append(all, x)
	}
	return
}

func collects() (n int) {
	defer done() // want "open-coded"
	all := collect(func(yield func(int) bool) {
		n++
		yield(n)
	})
	return len(all)
}

func apply(fs ...func(*int)) func(*int) {
	return func(p *int) {
		for _, f := range fs {
			f(p)
		}
	}
}

func applies() (n int) {
	defer done() // want "stack-allocated"
	apply(func(p *int) { *p = 1 })(&n)
	return
}

type option func(*counter)

func with(n int) option { return func(c *counter) { c.n = n } }

func options() (c counter) {
	defer done() // want "open-coded"
	with(3)(&c)
	return
}

func optionList(options ...option) (c counter) {
	defer done() // want "stack-allocated"
	for _, o := range options {
		o(&c)
	}
	return
}

func fail(err *error) {
	if err == nil {
		panic("fail")
	}
}

func checks() (err error) {
	defer fail(&err) // want "open-coded"
	return nil
}

func recoverTo(err *error) {
	if r := recover(); r != nil {
		*err = &failure{"recovered"}
	}
}

func recovers() (err error) {
	defer recoverTo(&err) // want "open-coded"
	return nil
}
