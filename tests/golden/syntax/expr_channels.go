package golden

type (
	a chan int
	b chan<- int
	c <-chan int
	d chan chan int
	e chan<- chan int
	f chan (<-chan int)
	g chan<- (chan int)
	h <-chan <-chan int
	i chan<- chan<- int
	j chan<- <-chan int
	k <-chan chan<- int
	l chan func()
	m chan func() <-chan int
	n chan struct{}
	o chan *int
	p chan []chan int
	q chan map[string]chan int
	r (chan int)
	s chan interface{ M() }
	t [3]<-chan int
	u map[string]<-chan int
	v func(<-chan int, chan<- int) (<-chan int, chan<- int)
	w *<-chan int
	x chan<-int
	y chan <- int
	z <- chan int
	aa chan<- (<-chan (chan<- int))
	ab <-chan (func())
)

func use() {
	<-ch
	x := <-ch
	x, ok := <-ch
	<-<-ch
	<-(<-ch)
	ch <- <-ch
	ch <- -1
	ch<--1
	ch<-<-ch
	_ = <-chan int(nil)
	_ = (<-chan int)(nil)
	_ = <-chan<- int(nil)
	_ = <-chan (<-chan int)(nil)
	_ = make(<-chan int)
	_ = []<-chan int{}
	_ = -<-ch
	_ = !<-ch
	_ = *<-ch
	_ = &<-ch
	_ = (<-ch).x
	_ = <-ch.x
	_ = <-ch[0]
	_ = <-f()
	_ = <-x.(chan int)
	_ = a + <-b
	f(<-a, <-b)
	for <-ch {
	}
	return
}
