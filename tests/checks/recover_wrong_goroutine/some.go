// A helper that stops errors, and lets other panics go on.
package p

import (
	"errors"
	"fmt"
	"sync"
)

func catch(err *error) {
	if r := recover(); r != nil {
		if e, ok := r.(error); ok {
			*err = e
			return
		}
		panic(r)
	}
}

func cleanUp(f func()) {
	if r := recover(); r != nil {
		f()
		panic(r)
	}
}

func all(names []string) (err error) {
	defer catch(&err) // want "does not stop a panic of the goroutine"
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if name == "" {
				panic(errors.New("empty"))
			}
		}()
	}
	wg.Wait()
	return nil
}

func cleaned(names []string, f func()) {
	defer cleanUp(f)
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if name == "" {
				panic(errors.New("empty"))
			}
		}()
	}
	wg.Wait()
}

func none(names []string) (err error) {
	defer catch(&err)
	for _, name := range names {
		fmt.Println(name)
	}
	return nil
}
