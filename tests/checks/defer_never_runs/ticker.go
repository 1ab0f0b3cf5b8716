package ticker

import (
	"fmt"
	"time"
)

// Nothing closes the channel of a ticker.
func Beat(out chan<- int) {
	defer close(out) // want "`close.out.` never runs"
	t := time.NewTicker(time.Second)
	for range t.C {
		out <- 1
	}
}

type Beater struct{ t *time.Ticker }

func (b *Beater) Run(out chan<- int) {
	defer close(out) // want "never runs"
	ticks := b.t.C
	for at := range ticks {
		out <- at.Second()
	}
}

func Poll(out chan<- int) {
	defer func() { close(out) }() // want "never runs"
	for range time.Tick(time.Minute) {
		out <- 2
	}
}

// What ticks for ever need not be stopped.
func Log() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for range t.C {
		fmt.Println("tick")
	}
}

// It leaves the loop some time.
func Some(out chan<- int) {
	defer close(out)
	t := time.NewTicker(time.Second)
	defer t.Stop()
	n := 0
	for range t.C {
		if n++; n == 3 {
			break
		}
		out <- n
	}
}

func Until(out chan<- int, stop func() bool) {
	defer close(out)
	for range time.Tick(time.Second) {
		if stop() {
			return
		}
		out <- 3
	}
}

// Another channel of times may be closed.
func Times(in <-chan time.Time, out chan<- int) {
	defer close(out)
	for at := range in {
		out <- at.Second()
	}
}

type source struct{ C <-chan time.Time }

func (s *source) Run(out chan<- int) {
	defer close(out)
	for range s.C {
		out <- 4
	}
}

// The loop is done before.
func Before(in <-chan int, out chan<- int) {
	for range in {
		out <- 5
	}
	defer close(out)
	fmt.Println("done")
}
