package stmts

type list []string
type table map[Color]list
type stream <-chan [2]int

func ranges(a [3]int, p *[4]int8, s []float64, m table, c stream, str string) (total float64) {
	for i := range a {
		total += float64(i)
	}
	for i, v := range a {
		total += float64(i + v)
	}
	for i, v := range p {
		total += float64(i) + float64(v)
	}
	for _, v := range s {
		total += v
	}
	for k, v := range m {
		for _, w := range v {
			_, _ = k, w
		}
	}
	for pair := range c {
		total += float64(pair[0])
	}
	for i, r := range str {
		_, _ = i, r
	}
	for range s {
	}
	for i := range "const" {
		_ = i
	}
	var k int
	var v float64
	for k, v = range s {
	}
	var holder struct {
		i int
		m map[string]int
	}
	for holder.i, holder.m["x"] = range a {
	}
	for k = range p {
	}
	_, _ = k, v
	for i, x := range [...]string{"a", "b"} {
		i, x := x, i
		_, _ = i, x
	}
	for range c {
		break
	}
	for i := range len(a) {
		_ = i
	}
	return
}
