// An error made of what a helper has recovered is meant for panics, though none gets there.
package p

import "fmt"

func recovered() any { return recover() }

func each(fs []func() error) (err error) {
	defer func() {
		if p := recovered(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	for _, f := range fs {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}
