package p

import (
	"os"
	"testing"
)

type repository struct{ f *os.File }

func (r *repository) Close() error { return r.f.Close() }

func clone(name string) (*repository, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &repository{f}, nil
}

func create(name string) (*repository, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &repository{f}, nil
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.FailNow()
	}
}

// Whichever it was, its error is looked at.
func checked(t *testing.T, name string, isNew bool) {
	var r *repository
	var err error
	if isNew {
		r, err = create(name)
	} else {
		r, err = clone(name)
	}
	noError(t, err)
	defer func() { _ = r.Close() }()
}

func unchecked(t *testing.T, name string, isNew bool) {
	var r *repository
	var err error
	if isNew {
		r, err = create(name)
	} else {
		r, err = clone(name)
	}
	defer func() { _ = r.Close() }() // want "is deferred before the error"
	noError(t, err)
}
