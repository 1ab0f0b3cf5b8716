package golden

func labels(n int) {
a:
	f()
b: c: d:
	g()
e:
	{
	}
g:
	for {
		break g
		continue g
		goto a
	}
h:
	switch {
	case true:
		break h
	}
i:
	select {
	default:
		break i
	}
j:
	if n > 0 {
		goto j
	}
k: l: for range n { continue l }
m:;
	goto b; goto c; goto d
	goto end
o:
	x := 1
p: x++
q: return
r: defer f()
s: go f()
t: var v int
	goto e; goto k; goto m; goto o; goto p; goto q; goto r; goto s; goto t
end:
}

func labelBeforeBrace() { if true { L: }; switch { case true: M: }; for { N: ; break } }
