package p

import (
	"errors"
	"os"
)

//explain: closes
//explain: helper
//explain: overwrites
//explain: unnamed
//explain: naked
//explain: part
//explain: rangeBody

// The deferred call may replace what is returned.
func closes(name string) (n int, err error) {
	f, err := os.Create(name)
	if err != nil {
		return 0, err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	return f.WriteString("text")
}

func set(errp *error, to error) { *errp = to }

// As above, through a pointer.
func helper() (err error) {
	defer set(&err, errors.New("always"))
	return nil
}

// No return statement gets past the deferred assignment.
func overwrites(ok bool) (n int) {
	defer func() { n = 3 }()
	if ok {
		return 1
	}
	return 2
}

// No deferred call gets at a result without a name.
func unnamed() (int, string) {
	n := 1
	defer func() { n = 2 }()
	return n, "text"
}

func naked(xs []string) (first, last string) {
	if len(xs) == 0 {
		return
	}
	first = xs[0]
	last = xs[len(xs)-1]
	return
}

func part() (pair [2]int) {
	defer func() { pair[1] = 2 }()
	pair[0] = 1
	return pair
}

// The statement within the loop's body returns from the function.
func rangeBody(each func(yield func(int) bool)) (n int) {
	for i := range each {
		defer func() { n++ }()
		if i > 3 {
			return i
		}
	}
	return -1
}
