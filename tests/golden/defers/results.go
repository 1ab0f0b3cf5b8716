package defers

type failure struct{ text string }

func (f *failure) Error() string { return f.text }

type holder struct {
	err  *error
	next *holder
	f    func()
}

var saved holder

func capturedByDeferred() (err error) {
	defer func() { // want "open-coded"
		if r := recover(); r != nil {
			err = &failure{"recovered"}
		}
	}()
	return nil
}

func capturedByGoroutine() (err error) {
	defer done() // want "stack-allocated"
	go func() {
		err = &failure{"late"}
	}()
	return nil
}

// Never assigned: captured by value.
func capturedByValue() (n int) {
	defer done() // want "stack-allocated"
	go func() {
		_ = n
	}()
	return
}

func parameterCaptured(n int) int {
	defer done() // want "open-coded"
	go func() {
		n++
	}()
	return 1
}

func addressStored() (err error) {
	defer done() // want "stack-allocated"
	saved.err = &err
	return nil
}

func addressInLocal() (err error) {
	defer done() // want "open-coded"
	h := holder{err: &err}
	*h.err = nil
	return
}

func addressInNew() (err error) {
	defer done() // want "open-coded"
	h := &holder{err: &err}
	h = &holder{next: h}
	*h.next.err = nil
	return
}

func addressInSaved() (err error) {
	defer done() // want "stack-allocated"
	h := &holder{err: &err}
	saved.next = &holder{next: h}
	return
}

func wrap(err *error) {
	if *err != nil {
		*err = &failure{"wrapped"}
	}
}

func store(err *error) {
	saved.err = err
}

func same(err *error) *error { return err }

func content(h *holder) { saved.err = h.err }

func deferredWrap() (err error) {
	defer wrap(&err) // want "open-coded"
	return nil
}

func deferredStore() (err error) {
	defer store(&err) // want "stack-allocated"
	return nil
}

func deferredWrapInLoop(n int) (err error) {
	for range n {
		defer wrap(&err) // want "heap-allocated"
	}
	return nil
}

func throughResult() (err error) {
	defer done() // want "open-coded"
	*same(&err) = nil
	return nil
}

func throughResultStored() (err error) {
	defer done() // want "stack-allocated"
	saved.err = same(&err)
	return nil
}

func contentLeaks() (h holder) {
	defer done() // want "open-coded"
	content(&h)
	return
}

func contentOfLocalLeaks() (err error) {
	defer done() // want "stack-allocated"
	h := holder{err: &err}
	content(&h)
	return nil
}

func recursive(h *holder, n int) {
	if n > 0 {
		mutual(h, n-1)
	}
}

func mutual(h *holder, n int) {
	if n == 7 {
		saved.next = h
	}
	recursive(h, n-1)
}

func throughRecursion() (h holder) {
	defer done() // want "stack-allocated"
	recursive(&h, 3)
	return
}

func call(f func()) { f() }

func keepFunc(f func()) { saved.f = f }

func passedToCall() (n int) {
	defer done() // want "open-coded"
	call(func() { n++ })
	return n
}

func passedToKeep() (n int) {
	defer done() // want "stack-allocated"
	keepFunc(func() { n++ })
	return n
}

func localFunc() (n int) {
	defer done() // want "open-coded"
	f := func(p *int) { *p = 1 }
	f(&n)
	return
}

func localFuncReassigned() (n int) {
	defer done() // want "stack-allocated"
	f := func(p *int) { *p = 1 }
	if n == 0 {
		f = nil
	}
	f(&n)
	return
}

func literalCalled() (n int) {
	defer done() // want "open-coded"
	p := func(q *int) *int { return q }(&n)
	*p = 2
	return
}

func literalReturnsOuter() (n int) {
	defer done() // want "open-coded"
	p := func() *int { return &n }()
	*p = 2
	return
}

func deferredLiteralWithArgument() (n int) {
	defer func(p *int) { *p = 2 }(&n) // want "open-coded"
	return 1
}

func deferredLiteralStores() (n int) {
	defer func(p *error) { saved.err = p }(new(error)) // want "stack-allocated"
	defer func(p *int) { intPointer = p }(&n)          // want "stack-allocated"
	return 1
}

var intPointer *int

type setter interface{ set(*int) }

func dynamicMethod(s setter) (n int) {
	defer done() // want "stack-allocated"
	s.set(&n)
	return
}

type counter struct {
	n    int
	self *counter
}

func (c *counter) add()  { c.n++ }
func (c *counter) keep() { c.self = c }
func (c *counter) save() { savedCounter = c }

var savedCounter *counter

func pointerMethod() (c counter) {
	defer done() // want "open-coded"
	c.add()
	return
}

func pointerMethodSelf() (c counter) {
	defer done() // want "stack-allocated"
	c.keep()
	return
}

func pointerMethodSaved() (c counter) {
	defer c.add() // want "stack-allocated"
	c.save()
	return
}

func deferredPointerMethod() (c counter) {
	defer c.save() // want "stack-allocated"
	return
}

func methodValue() (c counter) {
	defer done() // want "open-coded"
	f := c.add
	f()
	return
}

func methodValueSaved() (c counter) {
	defer done() // want "stack-allocated"
	saved.f = c.add
	return
}

func methodExpression() (c counter) {
	defer done() // want "stack-allocated"
	(*counter).save(&c)
	return
}

func boxed() (n int) {
	defer done() // want "open-coded"
	var x any = &n
	*x.(*int) = 3
	return
}

func boxedPanics() (n int) {
	defer done() // want "stack-allocated"
	if n == 1 {
		panic(&n)
	}
	return
}

func boxedCopyPanics() (c counter) {
	defer done() // want "open-coded"
	if c.n == 1 {
		panic(c)
	}
	return
}

func variadic(ps ...*int) {
	for _, p := range ps {
		*p = 1
	}
}

func variadicStores(ps ...*int) { intPointer = ps[0] }

func variadicArgument() (n int) {
	defer variadic(&n) // want "open-coded"
	variadic(&n, &n)
	return
}

func variadicArgumentStored() (n int) {
	defer done() // want "stack-allocated"
	variadicStores(nil, &n)
	return
}

func appended() (n int) {
	defer done() // want "stack-allocated"
	var ps []*int
	ps = append(ps, &n)
	*ps[0] = 1
	return
}

func sent(c chan *int) (n int) {
	defer done() // want "stack-allocated"
	c <- &n
	return
}

func inMap() (n int) {
	defer done() // want "stack-allocated"
	m := map[int]*int{}
	m[1] = &n
	return
}

func sliced() (a [4]int) {
	defer done() // want "open-coded"
	s := a[:]
	s[0] = 1
	return
}

func slicedSaved() (a [4]int) {
	defer done() // want "stack-allocated"
	ints = a[1:2]
	return
}

var ints []int

func inLoop(n int) (c counter) {
	defer done() // want "open-coded"
	for i := range n {
		d := counter{self: &c}
		d.n = i
		if i == 3 {
			d.self.n = 4
		}
	}
	return
}

func linkedInLoop(n int) (c counter) {
	defer done() // want "stack-allocated"
	p := &c
	for range n {
		p = &counter{self: p}
	}
	return
}

func linkedOutwards(n int) (c counter) {
	defer done() // want "stack-allocated"
	var p *counter
	for range n {
		q := counter{self: p}
		p = &q
		p.self = &c
	}
	return
}

func twoResults() (a, b *int) {
	defer done() // want "open-coded"
	x := 1
	a, b = &x, &x
	return b, a
}

func tuple() (*int, error) { return nil, nil }

func use(p *int, err error) { intPointer = p }

func tuplePassed() (n int, err error) {
	defer done() // want "open-coded"
	use(tuple())
	return
}

func typeSwitched(x any) (n int) {
	defer done() // want "stack-allocated"
	x = &n
	switch p := x.(type) {
	case *int:
		intPointer = p
	}
	return
}

func nestedLiterals() (n int) {
	defer done() // want "open-coded"
	f := func() {
		g := func() { n++ }
		g()
	}
	f()
	return
}

func nestedLiteralEscapes() (n int) {
	defer done() // want "stack-allocated"
	f := func() {
		saved.f = func() { n++ }
	}
	f()
	return
}

func resultOfLiteral() {
	f := func() (n int) {
		defer done() // want "stack-allocated"
		intPointer = &n
		return 1
	}
	f()
	defer done() // want "open-coded"
}

func fallsOffCaptured() (n counter) {
	defer done() // want "open-coded"
	if true {
		go func() {
			_ = n.n
		}()
	}
	for {
	}
}

type big struct{ data [200]byte }

// Too large to be captured by value.
func bigCaptured() (b big) {
	defer done() // want "stack-allocated"
	go func() {
		_ = b.data
	}()
	for {
	}
}

func assignedBeforeCapture() (n int) {
	defer done() // want "open-coded"
	n = 3
	go func() {
		_ = n
	}()
	for {
	}
}

func assignedAfterCapture() (n int) {
	defer done() // want "stack-allocated"
	go func() {
		_ = n
	}()
	n = 3
	for {
	}
}

func selfAssigned() (s []int) {
	defer done() // want "open-coded"
	p := &s
	*p = (*p)[:0]
	return
}

func closureOfClosureKept() (n int) {
	defer done() // want "stack-allocated"
	f := func() func() { return func() { n++ } }
	saved.f = f()
	return
}

func goesWithArgument() (n int) {
	defer done() // want "stack-allocated"
	go variadic(&n)
	return
}

func selects(c chan *int) (n int) {
	defer done() // want "stack-allocated"
	select {
	case c <- &n:
	default:
	}
	return
}

func embedded() (w wrapped) {
	defer done() // want "open-coded"
	w.add()
	w.inner.keep()
	return
}

func embeddedSaved() (w wrapped) {
	defer done() // want "stack-allocated"
	w.save()
	return
}

type wrapped struct {
	counter
	inner *counter
}

func throughPointerField() (w wrapped) {
	defer done() // want "open-coded"
	w.inner.save()
	return
}

func genericPointer[T any](p *T) { *p = *new(T) }

func genericStores[T any](p *T) { savedAny = p }

var savedAny any

func callsGeneric() (n int) {
	defer done() // want "open-coded"
	genericPointer(&n)
	return
}

func callsGenericStores() (n int) {
	defer done() // want "stack-allocated"
	genericStores(&n)
	return
}

func ranged() (a [3]*int, n int) {
	defer done() // want "stack-allocated"
	a[0] = &n
	for _, p := range a {
		*p = 1
	}
	return
}

func rangedSaved() (n int) {
	defer done() // want "stack-allocated"
	a := [3]*int{&n}
	for _, p := range a {
		intPointer = p
	}
	return
}

func ifaceOfStruct() (h holder, n int) {
	defer done() // want "open-coded"
	var x any = struct{ p *int }{&n}
	_ = x.(struct{ p *int }).p
	return
}

func copied() (n int) {
	defer done() // want "stack-allocated"
	from := []*int{&n}
	to := make([]*int, 1)
	copy(to, from)
	return
}

func compared() (n int) {
	defer done() // want "open-coded"
	if &n == intPointer {
		return 3
	}
	return
}

func minOf() (a, b string) {
	defer done() // want "open-coded"
	savedAny = min(a, b)
	return
}
