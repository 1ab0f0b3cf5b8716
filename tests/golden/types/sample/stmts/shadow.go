package stmts

import lib "sample/lib/shapes"

func shadows(int int, string string) (len int) {
	true := false
	nil := 0
	_ = true
	_ = nil + int + len
	{
		len := string
		_ = len
	}
	if x := int; x > 0 {
		x := "s"
		_ = x
	} else if y := x + 1; y > x {
		_, _ = x, y
	} else {
		x, y := y, x
		_, _ = x, y
	}
	lib := lib.Unit
	_ = lib
	type error interface{ Code() rune }
	var e error
	_ = e.Code
	type T struct{ T *T }
	var t T
	_ = t.T.T
	append := func(a, b []rune) []rune { return a }
	_ = append(nil2, nil2)
	for int := int; int < 3; int++ {
		int := int
		_ = int
	}
	return
}

var nil2 []rune

type int64 = int32

var narrow int64 = 1
var wide = int32(narrow)
