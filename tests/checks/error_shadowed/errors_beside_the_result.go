package besideresult

import (
	"errors"
	"fmt"
	"log"
)

var failure error

type device struct{}

func (*device) register() error { return failure }
func (*device) create() error   { return failure }
func (*device) activate() error { return failure }
func (*device) remove() error   { return failure }
func (*device) undo(err error) error {
	return errors.Join(err, errors.New("removed"))
}

// One variable a step: which of them failed decides what is taken back.
func (d *device) start() (retErr error) {
	var createErr, activateErr error
	defer func() {
		if activateErr != nil {
			retErr = d.undo(activateErr)
			return
		}
		if createErr != nil {
			retErr = errors.Join(retErr, d.remove())
		}
	}()
	if err := d.register(); err != nil {
		return err
	}
	createErr = d.create()
	if createErr != nil {
		return createErr
	}
	activateErr = d.activate()
	return activateErr
}

// What went wrong in cleaning up is another question than whether to clean up.
func (d *device) run() (retErr error) {
	var cleanupErr error
	defer func() {
		if retErr != nil && cleanupErr != nil {
			retErr = errors.Join(retErr, cleanupErr)
		}
	}()
	if err := d.register(); err != nil {
		return fmt.Errorf("register: %w", err)
	}
	defer func() {
		if retErr != nil && cleanupErr == nil {
			cleanupErr = d.remove()
		}
	}()
	return d.activate()
}

func (d *device) shadows() (retErr error) {
	var err error
	defer func() {
		if err != nil { // want "this `err` is not what the function returns"
			log.Println(d.remove())
		}
	}()
	if err := d.create(); err != nil {
		return err
	}
	err = d.activate()
	return err
}
