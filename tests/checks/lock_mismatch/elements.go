package elements

import "sync"

type row struct {
	sync.Mutex
	n int
}

func sum(rows map[string]*row) (n int) {
	for _, r := range rows {
		c := *r // want "this copies a lock"
		n += c.n
	}
	return n
}

func fresh() (*row, bool) { return &row{}, true }

func first() int {
	r, _ := fresh()
	c := *r
	return c.n
}
