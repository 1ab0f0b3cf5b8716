package golden

var (
	a = 1 + 2*3
	b = (1 + 2) * 3
	c = 1*2 + 3
	d = 1 + 2 + 3 - 4 - 5
	e = 1 * 2 / 3 % 4 << 5 >> 6 & 7 &^ 8
	f = 1 + 2 - 3 | 4 ^ 5
	g = a < b && c > d || e <= f && g >= h || i == j && k != l
	h = !a && !b || !(c && d)
	i = -a * +b / ^c % *d & &e
	j = a == b == c != d
	k = a*b+c*d-e/f == g<<h|i && j&k != l^m || n
	l = -(-(-1))
	m = - - -1
	n = !!!x
	o = <-<-x + <-y*<-z
	p = *p.q * *r.s
	q = &x.y, &x[0], &(x), &T{}, &[]int{1}[0]
	r = a.b.c[d].e(f)[g:h].(i).j
	s = -x.y + -f(x)*-a[0]
	t = 1 << 2 << 3 >> 4
	u = a && b && c && d
	v = a || b && c || d
	w = ^a&^b
	x = a - -b - - -c
	y = a + b*c&d<<e
	z = ((((((1))))))
)
