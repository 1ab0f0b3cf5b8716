package golden; import "fmt"; import ("os"; "io"); const (a = 1; b); type (t int; u = t)

func one() { fmt.Println(); os.Exit(1); }; func two() { return; };

func afterEach() (int, string) {
	x := 1
	y := 1.5
	z := 1i
	r := 'r'
	s := "s"
	t := `t`
	x++
	x--
	_, _, _, _, _ = y, z, r, s, t
	for {
		break
	}
	for {
		continue
	}
	switch {
	case true:
		fallthrough
	default:
	}
	a := []int{
		1,
		2 }
	b := (
		1 +
			2)
	_, _ = a[
		0], b
	return 1,
		"x"
}

func noneAfter(
	x int,
	y ...int,
) (
	r int,
) {
	r = x +
		1
	r = x. // a comment does not end the line
		y
	if x :=
		1; x ==
		2 {
	}
	for i := 0; i < 1; i++ { }
	for ; ; { break }
	for ; r < 10; { r++ }
	switch ; { }
	switch x := 1; { case x == 1: ; ; ; }
	if ; true { }
	{ ; }
	{ ; ; }
	{ L: }
	{ L: ; }
	_ = struct { a int; b string; } {}
	_ = func() { return }
	return }
var last io.Reader /* ends here */ ; var reallyLast int /* and
here a comment with a newline ends the line */ var afterComment = 1
