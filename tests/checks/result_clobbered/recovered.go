package recovered

import "fmt"

// finish clears the error where nothing has panicked.
func finish(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("finish: %v", r)
			return
		}
		err = nil // want "this overwrites the error that `err` may hold"
	}()
	return f()
}

// last sets it where something has.
func last(f func() error) (err error) {
	defer func() {
		if r := recover(); r == nil {
			return
		}
		err = fmt.Errorf("last: panic")
	}()
	return f()
}

// byKind decides by the kind of the panic.
func byKind(f func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = r
		default:
			err = fmt.Errorf("panic")
		}
	}()
	return f()
}
