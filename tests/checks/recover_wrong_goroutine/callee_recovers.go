package p

import (
	"errors"
	"fmt"
)

type actor struct{ handle func(any) error }

// It recovers what the handler raises, and that alone.
func (a *actor) guard(msg any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("handler: %v", r)
		}
	}()
	return a.handle(msg)
}

func startBare(a *actor) {
	defer func() {
		if r := recover(); r != nil { // want "does not stop a panic of the goroutine"
			fmt.Println(r)
		}
	}()
	go func() {
		if err := a.guard("start"); err != nil {
			panic(err)
		}
	}()
}

func startGuarded(a *actor, errs []error) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(r)
		}
	}()
	go func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println(r)
			}
		}()
		if err := a.guard("start"); err != nil {
			panic(err)
		}
	}()
	fmt.Println(errors.Join(errs[0]))
}
