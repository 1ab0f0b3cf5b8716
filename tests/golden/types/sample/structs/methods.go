package structs

type Counter struct{ n int }

func (c *Counter) Inc() *Counter  { c.n++; return c }
func (c Counter) Value() int      { return c.n }
func (Counter) Static(x, y int) int { return x + y }

type Slice []int

func (s Slice) Len() int           { return len(s) }
func (s Slice) Less(i, j int) bool { return s[i] < s[j] }
func (s *Slice) Push(x int)        { *s = append(*s, x) }

type Fn func() Fn

func (f Fn) Twice() Fn { return f()() }

type Enum uint

func (e Enum) String() string { return [...]string{"a", "b"}[e] }

func methods() {
	var c Counter
	c.Inc().Inc().Value()
	(&c).Value()
	Counter{}.Value()
	Counter.Value(c)
	(*Counter).Value(&c)
	(*Counter).Inc(&c)
	_ = Counter.Static(c, 1, 2)
	inc, val := c.Inc, c.Value
	inc()
	_ = val() + Counter{3}.Static(1, 2)
	var s Slice
	s.Push(s.Len())
	(&s).Push(1)
	push := (*Slice).Push
	push(&s, 3)
	_ = Slice.Less(s, 0, 1)
	_ = Slice{1, 2}.Less(0, 1)
	_ = Enum(1).String() + Enum.String(0)
	var st interface{ String() string } = Enum(0)
	_ = st.String()
	_ = interface{ String() string }.String
	fs := []func() int{c.Value, (&c).Value, s.Len}
	_ = fs[0]()
	ps := []*Counter{{1}, {2}}
	ps[0].Inc().n = 3
	m := map[string]Counter{}
	_ = m["a"].Value()
	var f Fn
	f.Twice().Twice()()
	pp := &ps[0]
	(*pp).Inc()
	(**pp).Inc()
}
