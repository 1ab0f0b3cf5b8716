//sample: go1.22

package p

import "time"

func beat(stop chan struct{}, f func()) {
	t := time.NewTicker(time.Second) // want "`t` may be still running when `beat` returns at line 14: `time.NewTicker` succeeded, and nothing on that way stops it \(ticker\)"
	for {
		select {
		case <-t.C:
			f()
		case <-stop:
			return
		}
	}
}

func stopped(n int) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for range n {
		<-t.C
	}
}

type beater struct{ t *time.Ticker }

func handedOver() *beater { return &beater{t: time.NewTicker(time.Second)} }

func forever(f func()) {
	t := time.NewTicker(time.Second)
	for range t.C {
		f()
	}
}

func stoppedByGoroutine(f func()) chan struct{} {
	t := time.NewTicker(time.Second)
	stop := make(chan struct{})
	go func() {
		defer t.Stop()
		for {
			select {
			case <-t.C:
				f()
			case <-stop:
				return
			}
		}
	}()
	return stop
}
