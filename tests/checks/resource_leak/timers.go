//sample: go1.22

package p

import "time"

func orTimeout(c chan int) int {
	t := time.NewTimer(time.Minute) // want "`t` may be still running when `orTimeout` returns at line 11: `time.NewTimer` succeeded, and nothing on that way stops it \(timer\)"
	select {
	case v := <-c:
		return v
	case <-t.C:
	}
	return 0
}

func timeoutFirst(c, d chan int) int {
	t := time.NewTimer(time.Minute) // want "`t` may be still running when `timeoutFirst` returns at line 26"
	select {
	case <-t.C:
		return 0
	case v := <-c:
		t.Stop()
		return v
	case v := <-d:
		return v
	}
}

// Look-alikes.

func stoppedLater(c chan int) int {
	t := time.NewTimer(time.Minute)
	defer t.Stop()
	select {
	case v := <-c:
		return v
	case <-t.C:
		return 0
	}
}

func stoppedOnce(c chan int) int {
	t := time.NewTimer(time.Minute)
	select {
	case <-t.C:
		return 0
	case v := <-c:
		if !t.Stop() {
			<-t.C
		}
		return v
	}
}

func waited() {
	t := time.NewTimer(time.Second)
	<-t.C
}

func inTurns(c chan int) {
	t := time.NewTimer(time.Second)
	for {
		select {
		case <-c:
		case <-t.C:
			return
		}
	}
}

func channelOf() <-chan time.Time {
	t := time.NewTimer(time.Second)
	return t.C
}

type waiter struct{ t *time.Timer }

func (w *waiter) set() { w.t = time.NewTimer(time.Second) }
