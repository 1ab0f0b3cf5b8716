package wantedfailures

import (
	"errors"
	"os"
	"testing"
)

func TestOpenFails(t *testing.T) {
	f, err := os.Open("absent")
	if err == nil {
		t.Errorf("opened %s", f.Name())
	}
}

func TestOpens(t *testing.T) {
	f, err := os.Open("there") // want "may be still open"
	if err != nil {
		t.Fatal(err)
	}
	if f.Name() == "" {
		t.Error("no name")
	}
}

func check(t *testing.T, is bool, what string) {
	t.Helper()
	if !is {
		t.Fatal(what)
	}
}

func TestOpensNothing(t *testing.T) {
	_, err := os.Open("there/is/none")
	check(t, errors.Is(err, os.ErrNotExist), "opened")
}

// What should not have been there is printed.
func TestNothingThere(t *testing.T) {
	f, err := os.Open("nothing")
	if f != nil || err == nil {
		t.Errorf("Open = %v, %v", f, err)
	}
}

// What is no such error fails the test, too.
func TestOpensNothingElse(t *testing.T) {
	f, err := os.Open("nothing")
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Open = %v, %v", f, err)
	}
	_, err = os.Open("other")
	if !os.IsNotExist(err) {
		t.Errorf("error %v", err)
	}
}

// What testify takes is an interface.
type testingT interface{ FailNow() }

func isTrue(t testingT, is bool) {
	if !is {
		t.FailNow()
	}
}

func TestOpenFailsSo(t *testing.T) {
	_, err := os.Open("absent")
	isTrue(t, errors.Is(err, os.ErrNotExist))
}
