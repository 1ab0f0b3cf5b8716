package p

import (
	"errors"
	"os"
)

var errMissing = errors.New("missing")

func open(name string) (f *os.File, plain, full error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, errMissing, err
	}
	return f, nil, nil
}

// One of the errors is enough.
func size(name string) int64 {
	f, err, _ := open(name)
	if err != nil {
		return 0
	}
	defer f.Close()
	n, _ := f.Seek(0, 2)
	return n
}

func sizeOf(name string) int64 {
	f, _, _ := open(name) // want "is dropped and its value used"
	defer f.Close()
	n, _ := f.Seek(0, 2)
	return n
}
