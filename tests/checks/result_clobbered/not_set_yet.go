package notsetyet

import "errors"

var failure error

type pool struct{}

func (*pool) suspend() error       { return failure }
func (*pool) resume() error        { return nil }
func (*pool) activate() error      { return failure }
func (*pool) undo(err error) error { return errors.Join(err, errors.New("undone")) }

// The returns before activate find nothing in activateErr.
func (p *pool) add() (retErr error) {
	var activateErr error
	defer func() {
		if activateErr != nil {
			retErr = p.undo(activateErr)
		}
	}()
	if err := p.suspend(); err != nil {
		return err
	}
	activateErr = p.activate()
	if activateErr != nil {
		return activateErr
	}
	return nil
}

func (p *pool) addAndResume() (retErr error) {
	var activateErr error
	defer func() {
		if activateErr != nil {
			retErr = p.undo(nil) // want "this overwrites the error that `retErr` may hold"
		}
	}()
	activateErr = p.activate()
	if err := p.resume(); err != nil {
		return err
	}
	return nil
}
