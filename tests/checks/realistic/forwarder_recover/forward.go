// Package forward wraps a recovering closer.
package forward

import (
	"fmt"
	"iter"
	"log"
	"slices"
)

type inner struct{ name string }

func (i *inner) stop() {
	if r := recover(); r != nil { // want "\[recover-not-direct\]"
		log.Printf("%s: %v", i.name, r)
	}
}

type Outer struct{ in inner }

// Stop is a hand-written forwarder, a real frame between.
func (o *Outer) Stop() { o.in.stop() }

// Serve is not protected.
func (o *Outer) Serve(f func()) {
	defer o.Stop()
	f()
}

func names() iter.Seq[string] { return slices.Values([]string{"a"}) }

// Loop recovers in the body of a range over a function: that body is a call of its own.
func Loop(f func()) (err error) {
	defer func() {
		for n := range names() {
			if r := recover(); r != nil { // want "\[recover-not-direct\]"
				err = fmt.Errorf("%s: %v", n, r)
			}
		}
	}()
	f()
	return nil
}

// LoopSlice does so in a plain loop, which works.
func LoopSlice(f func()) (err error) {
	defer func() {
		for _, n := range []string{"a"} {
			if r := recover(); r != nil {
				err = fmt.Errorf("%s: %v", n, r)
			}
		}
	}()
	f()
	return nil
}
