package time

import "syscall"

// Timers and sleeping, by the interpreter's clock, which goes on when all
// goroutines wait.

// Sleep waits for d.
func Sleep(d Duration)

// start arranges for a call of f, on a goroutine that is not counted, at `at`,
// and every `period` from then on if that is not 0.
func start(at, period int64, f func()) (id uint64)

// stop takes it back; false if it has happened.
func stop(id uint64) bool

func when(d Duration) int64 {
	if d <= 0 {
		return runtimeNano()
	}
	t := runtimeNano() + int64(d)
	if t < 0 {
		t = 1<<63 - 1
	}
	return t
}

// clock is what Timer and Ticker have in common.
type clock struct {
	id uint64
	// Changed by Stop and Reset: what was about to happen does not.
	era int
	c   chan Time
	f   func()
}

func (k *clock) arm(d, period Duration) {
	k.era++
	era := k.era
	k.id = start(when(d), int64(period), func() {
		if k.era != era {
			return
		}
		if period == 0 {
			k.id = 0
		}
		if k.f != nil {
			go k.f()
			return
		}
		select {
		case k.c <- Now():
		default:
		}
	})
}

// disarm tells if it was still to come, or had come and nobody knew.
func (k *clock) disarm() bool {
	k.era++
	active := k.id != 0
	if active {
		stop(k.id)
		k.id = 0
	}
	if k.c != nil {
		select {
		case <-k.c:
			active = true
		default:
		}
	}
	return active
}

// Timer sends the time on C once, or calls a function.
type Timer struct {
	C     <-chan Time
	clock *clock
}

func NewTimer(d Duration) *Timer {
	k := &clock{c: make(chan Time, 1)}
	k.arm(d, 0)
	return &Timer{k.c, k}
}

func AfterFunc(d Duration, f func()) *Timer {
	k := &clock{f: f}
	k.arm(d, 0)
	return &Timer{nil, k}
}

func After(d Duration) <-chan Time { return NewTimer(d).C }

func (t *Timer) Stop() bool {
	if t.clock == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	return t.clock.disarm()
}

func (t *Timer) Reset(d Duration) bool {
	if t.clock == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	active := t.clock.disarm()
	t.clock.arm(d, 0)
	return active
}

// Ticker sends the time on C again and again.
type Ticker struct {
	C     <-chan Time
	clock *clock
}

func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	k := &clock{c: make(chan Time, 1)}
	k.arm(d, d)
	return &Ticker{k.c, k}
}

func (t *Ticker) Stop() {
	if t.clock != nil {
		t.clock.disarm()
	}
}

func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.clock == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	t.clock.disarm()
	t.clock.arm(d, d)
}

func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}

// There are no files of time zones: only UTC and fixed zones.

var platformZoneSources = []string{}

func initLocal() { localLoc.name = "UTC" }

const errNoFiles = syscall.ENOENT

func open(name string) (uintptr, error)             { return 0, errNoFiles }
func read(fd uintptr, buf []byte) (int, error)      { return 0, errNoFiles }
func closefd(fd uintptr)                            {}
func preadn(fd uintptr, buf []byte, off int) error  { return errNoFiles }
