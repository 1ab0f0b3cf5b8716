package p

import (
	"sync"
	"time"
)

type store struct {
	done        sync.WaitGroup
	sync, spare *time.Timer
}

// Each timer was counted.
func (s *store) stop() {
	if s.sync.Stop() {
		s.done.Done()
	}
	if s.spare.Stop() {
		s.done.Done()
	}
	s.done.Wait()
}

type links struct {
	workers sync.WaitGroup
	stop    chan struct{}
	out     chan int
}

func dispatch(in <-chan int) <-chan int { return in }

// The second one is for what dispatch started.
func (l *links) start(in <-chan int) {
	l.workers.Add(1)
	acks := dispatch(in)
	if acks == nil {
		return
	}
	l.workers.Add(1)
	go func() {
		defer l.workers.Done()
		<-l.stop
		if acks != nil {
			for n := range acks {
				l.out <- n
			}
			l.workers.Done()
		}
	}()
}

func (l *links) startOne(acks <-chan int) {
	l.workers.Add(1)
	go func() {
		defer l.workers.Done()
		<-l.stop
		if acks == nil {
			l.workers.Done() // want "`Done` is called twice on one way"
			return
		}
		l.out <- <-acks
	}()
}
