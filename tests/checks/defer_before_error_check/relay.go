// Package relay forwards between connections.
package relay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"time"
)

type Relay struct {
	Target string
	Dial   func(ctx context.Context, addr string) (net.Conn, error)
	mu     sync.Mutex
	bytes  int64
	errs   []error
}

// Handle defers before it asks whether there is a connection.
func (r *Relay) Handle(ctx context.Context, c net.Conn) error {
	defer c.Close()
	up, err := r.Dial(ctx, r.Target)
	defer up.Close() // want "^error: "
	if err != nil {
		return fmt.Errorf("dial %s: %w", r.Target, err)
	}
	return r.pipe(c, up)
}

// HandleBetween has a statement between.
func (r *Relay) HandleBetween(ctx context.Context, c net.Conn) error {
	start := time.Now()
	up, err := net.Dial("tcp", r.Target)
	took := time.Since(start)
	defer up.Close() // want "^error: "
	log.Printf("dial took %v", took)
	if err != nil {
		return err
	}
	return r.pipe(c, up)
}

// HandleChecked asks by errors.Is and then for nil.
func (r *Relay) HandleChecked(ctx context.Context, c net.Conn) error {
	up, err := r.Dial(ctx, r.Target)
	if errors.Is(err, context.Canceled) {
		return nil
	}
	if err != nil {
		return err
	}
	defer up.Close()
	return r.pipe(c, up)
}

// HandleElse closes in the arm without an error.
func (r *Relay) HandleElse(ctx context.Context, c net.Conn) (err error) {
	if up, derr := r.Dial(ctx, r.Target); derr != nil {
		err = derr
	} else {
		defer up.Close()
		err = r.pipe(c, up)
	}
	return err
}

// HandleSwitch tells by a switch.
func (r *Relay) HandleSwitch(ctx context.Context, c net.Conn) error {
	up, err := r.Dial(ctx, r.Target)
	switch {
	case err == nil:
		defer up.Close()
		return r.pipe(c, up)
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		return err
	}
}

func must(c net.Conn, err error) net.Conn {
	if err != nil {
		panic(err)
	}
	return c
}

// HandleMust panics before the defer.
func (r *Relay) HandleMust(ctx context.Context, c net.Conn) error {
	up := must(r.Dial(ctx, r.Target))
	defer up.Close()
	return r.pipe(c, up)
}

// pipe collects errors of both ways.
func (r *Relay) pipe(a, b net.Conn) error {
	var wg sync.WaitGroup
	var once sync.Once
	var first error
	one := func(dst, src net.Conn) {
		defer wg.Done()
		n, err := io.Copy(dst, src)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.bytes += n
		once.Do(func() { first = err })
	}
	wg.Add(2)
	go one(a, b)
	go one(b, a)
	wg.Wait()
	return first
}

// Stats defers the printing of a number that still grows.
func (r *Relay) Stats(ctx context.Context, cs <-chan net.Conn) {
	n := 0
	defer log.Println("connections:", n)
	for c := range cs {
		n++
		if err := r.Handle(ctx, c); err != nil {
			log.Print(err)
		}
	}
}

// Report passes the address.
func (r *Relay) Report(ctx context.Context, cs <-chan net.Conn) {
	var n int
	defer report(&n)
	for c := range cs {
		n++
		r.Handle(ctx, c)
	}
}

func report(n *int) { log.Println("connections:", *n) }

// Errors returns a slice that its deferred literal grows after the return took it.
func (r *Relay) Errors(ctx context.Context, cs []net.Conn) []error {
	var errs []error
	defer func() {
		errs = append(errs, ctx.Err())
	}()
	for _, c := range cs {
		errs = append(errs, r.Handle(ctx, c))
	}
	return errs
}

// Keep stores them where others look.
func (r *Relay) Keep(ctx context.Context, cs []net.Conn) {
	defer func() { r.errs = append(r.errs, ctx.Err()) }()
	for _, c := range cs {
		r.errs = append(r.errs, r.Handle(ctx, c))
	}
}
