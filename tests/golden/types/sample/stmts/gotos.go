package stmts

func gotos(n int) (r int) {
	i := 0
loop:
	if i < n {
		i++
		goto loop
	}
	goto end
end:
	for {
		if n > 3 {
			goto done
		}
		n++
	}
done:
	{
		goto inner
	inner:
		r++
	}
	goto last
last:
	return r
}

func terminating(x int) int {
again:
	x++
	if x > 10 {
		return x
	} else if x < 0 {
		panic("negative")
	} else {
		goto again
	}
}
