package golden

var (
	a = x[0]
	b = x[i+1]
	c = x[i][j][k]
	d = x[:]
	e = x[1:]
	f = x[:2]
	g = x[1:2]
	h = x[1:2:3]
	i = x[:2:3]
	j = x[a : b+c : d*e]
	k = x[f(1):g(2)]
	l = x[len(x)-1:][0:1:2][:]
	m = "text"[1:3]
	n = []int{1, 2, 3}[1:]
	o = (*p)[1:]
	p = x[func() int { return 1 }()]
	q = x["a"]["b"]
	r = x[[]int{1}[0]]
	s = x[y[z[0]:1]:2]
	t = x[T{1}]
	u = x[<-ch]
	v = x[a: b]
	w = x[-1:^2]
	y = x[
		1]
	z = x[
		1:
		2:
		3]
	aa = f()[0].g()[1:]
	ab = x.(T)[0]
	ac = x[a, b]
	ad = x[a, b,]
	ae = x[a,]
)
