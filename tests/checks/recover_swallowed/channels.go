package p

// What is closed twice is closed.
func closeOnce(c chan int) {
	defer func() {
		recover() // want "info: the panic"
	}()
	close(c)
}

type queue struct {
	jobs chan int
	kept []int
}

func (q *queue) offer(n int) {
	defer func() {
		if recover() != nil {
			q.keep(n)
		}
	}()
	q.jobs <- n
}

func (q *queue) keep(n int) { q.kept = append(q.kept, n) }

func (q *queue) offerAll(all []int, f func(int) int) {
	defer func() {
		recover() // want "the panic that this `recover` stops is dropped"
	}()
	for _, n := range all {
		q.jobs <- f(n)
	}
}

func (q *queue) work(f func(int)) {
	defer func() {
		// Workers cannot panic and die.
		recover() // want "info: the panic"
		go q.work(f)
	}()
	for n := range q.jobs {
		f(n)
	}
}

func remove(all []int, n int, drop func([]int, int)) {
	defer func() {
		if r := recover(); r != nil { // want "info: the panic"
			// It is no longer there.
		}
	}()
	drop(all, n)
}

func removeOne(all []int, n int, drop func([]int, int)) {
	defer func() {
		if r := recover(); r != nil { // want "warning: the panic"
		}
	}()
	drop(all, n)
}
