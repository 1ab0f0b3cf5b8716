package golden

var (
	a = T.Method
	b = (*T).Method
	c = (T).Method
	d = pkg.T.Method
	e = (*pkg.T).Method
	f = interface{ M() }.M
	g = (interface{ M() }).M
	h = struct{ T }.Method
	i = (*struct{ *T }).Method
	j = t.Method
	k = (&t).Method
	l = List[int].Push
	m = (*List[int]).Push
	n = pkg.List[int].Push
	o = T.Method(t, 1)
	p = (*T).Method(&t, 1)
	q = x.(T).Method
	r = x.(interface{ M() }).M
	s = f().Method
	t = T{1}.Method
	u = (&T{1}).Method
	v = func() {}.x
	w = a.b.c.d.e.f
	x = a.
		b.
		c
	y = a. /* comment */ b
	z = x.(*T).y.(pkg.I).z.(func() int)()
	aa = x.(chan<- int)
	ab = x.([]map[string]T)
	ac = x.(List[int])
	ad = x.(struct{})
	ae = (x).(T)
)
