package p

func _() {
	break
	continue
	goto missing
	fallthrough
L1:
	for {
		break L2
		continue L1
	}
L1:
	goto over
	x := 1
	_ = x
over:
	goto block
	{
	block:
	}
	switch {
	case true:
		fallthrough
	}
	switch any(x).(type) {
	case int:
		fallthrough
	default:
	}
	select {
	case <-make(chan int):
		fallthrough
	default:
		continue
	}
L3:
	if true {
		for {
			continue L3
		}
		break L3
	}
	func() {
		break
		goto over
	}()
	if x {
	}
	for x {
	}
	for 1 {
	}
	if x := 1; x {
	}
	defer recover
}
