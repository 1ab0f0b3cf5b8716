package golden

func f() {
	a, 1 := 1, 2
	x.y, z := 1, 2
	*p := 1
	x[0] := 1
	f() := 1
	(a) := 1
	for x.y := range z {
	}
	for 1 := range z {
	}
}
