// What a `return` has made of a variable does not change with it.
package p

import (
	"fmt"
	"time"
)

type report struct {
	took  time.Duration
	tries int
	data  []byte
}

func timed(work func()) report {
	var took time.Duration
	start := time.Now()
	defer func() {
		took = time.Since(start) // want "`took` had before"
	}()
	work()
	return report{took: took}
}

func tried(work func() bool) (*report, error) {
	tries := 0
	defer func() {
		tries++ // want "`tries` had before"
	}()
	for !work() {
		tries++
	}
	return &report{tries: tries}, nil
}

func score(base int) int {
	bonus := base / 2
	defer func() {
		if bonus < 0 {
			bonus = 0 // want "`bonus` had before"
		}
	}()
	return base + bonus
}

func kept(work func()) (r *report) {
	var took time.Duration
	start := time.Now()
	defer func() {
		took = time.Since(start)
		r.took = took
	}()
	work()
	return &report{took: took}
}

func shown(work func()) report {
	var took time.Duration
	start := time.Now()
	defer func() { fmt.Println(took) }()
	defer func() { took = time.Since(start) }()
	work()
	return report{took: took}
}

// The memory may go.
func freed(data []byte) report {
	defer func() { data = nil }()
	return report{data: data}
}

// It is the variable that is returned.
func whole(work func()) report {
	var r report
	show := func() { fmt.Println(r.took) }
	defer func() {
		r.tries = 0
		show()
	}()
	work()
	return r
}
