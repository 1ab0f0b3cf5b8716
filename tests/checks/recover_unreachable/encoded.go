package p

import (
	"encoding/json"
	"fmt"
)

type event struct {
	name  string
	extra map[string]any
}

// A method MarshalJSON of what is in it may panic.
func safely(e *event) (b []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("encoding %s: %v", e.name, r)
		}
	}()
	return json.Marshal(e.extra)
}

func needlessly(name string) (b []byte, err error) {
	defer func() {
		if r := recover(); r != nil { // want "no panic gets to this"
			err = fmt.Errorf("encoding: %v", r)
		}
	}()
	return json.Marshal(name)
}
