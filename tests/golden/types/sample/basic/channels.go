package basic

type Event struct{ id int }

func produce(out chan<- Event, n int) {
	defer close(out)
	for i := range n {
		out <- Event{i}
	}
}

func consume(in <-chan Event, done chan struct{}) (sum int) {
	for e := range in {
		sum += e.id
	}
	for range in {
	}
	done <- struct{}{}
	return
}

func channels() {
	ch := make(chan Event, 1<<3)
	done := make(chan struct{})
	go produce(ch, 3)
	go func(c <-chan Event) { consume(c, done) }(ch)
	<-done
	var both chan (<-chan int)
	_ = cap(both) + len(ch)
	var r <-chan int = <-both
	v := <-r + <-r
	_ = v
	var cc chan<- chan int
	cc <- nil
	var (
		a chan<- (chan int)   = cc
		b <-chan (<-chan int) = both
		c chan<- func() <-chan int
	)
	c <- func() <-chan int { return r }
	_, _ = a, b
	x, ok := <-<-b
	_, _ = x, ok
}
