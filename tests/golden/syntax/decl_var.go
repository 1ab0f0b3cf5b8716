package golden

var a int
var b, c string
var d = 1
var e, f = 1, "f"
var g, h int = 1, 2
var i, j = two()
var ()
var (
	k int
	l, m = 1, 2
	n *[]map[string]func(int) (a, b chan<- *int)
	_ interface{ M() } = (*T)(nil)
)
var o, p, q struct{ x, y int }
var r [2][3][]*[4]int
var s, _ = map[string]int{}["x"]
var t, ok = x.(int)
var u, more = <-ch

func local() {
	var a int
	var b, c = 1, 2
	var (
		d int
		e = 3
	)
	f, g := 1, 2
	h, _ := 3, 4
	_, i := range_()
}
