// Package signal: signals that the program sends to itself.
package signal

import (
	"context"
	"os"
	"sync"
	"syscall"
)

var (
	mu       sync.Mutex
	handlers = map[chan<- os.Signal]map[os.Signal]bool{}
	ignored  = map[os.Signal]bool{}
)

func init() { syscall.OnSignal = deliver }

func deliver(s syscall.Signal) bool {
	mu.Lock()
	defer mu.Unlock()
	if s == syscall.SIGKILL || s == syscall.SIGSTOP {
		return false
	}
	wanted := ignored[s]
	for c, signals := range handlers {
		if len(signals) != 0 && !signals[s] {
			continue
		}
		wanted = true
		select {
		case c <- s:
		default:
		}
	}
	return wanted
}

// Notify relays signals to c; all without any.
func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
	mu.Lock()
	defer mu.Unlock()
	signals, had := handlers[c]
	if len(sig) == 0 || had && len(signals) == 0 {
		signals = map[os.Signal]bool{}
	} else if signals == nil {
		signals = map[os.Signal]bool{}
	}
	for _, s := range sig {
		signals[s] = true
		delete(ignored, s)
	}
	handlers[c] = signals
}

func Stop(c chan<- os.Signal) {
	mu.Lock()
	defer mu.Unlock()
	delete(handlers, c)
}

func Ignore(sig ...os.Signal) {
	mu.Lock()
	defer mu.Unlock()
	for _, s := range sig {
		ignored[s] = true
	}
}

func Ignored(sig os.Signal) bool {
	mu.Lock()
	defer mu.Unlock()
	return ignored[sig]
}

func Reset(sig ...os.Signal) {
	mu.Lock()
	defer mu.Unlock()
	if len(sig) == 0 {
		clear(handlers)
		clear(ignored)
		return
	}
	for _, s := range sig {
		delete(ignored, s)
		for c, signals := range handlers {
			delete(signals, s)
			if len(signals) == 0 {
				delete(handlers, c)
			}
		}
	}
}

// NotifyContext is cancelled by a signal.
func NotifyContext(parent context.Context, signals ...os.Signal) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	c := make(chan os.Signal, 1)
	Notify(c, signals...)
	go func() {
		select {
		case <-c:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		cancel()
		Stop(c)
	}
}
