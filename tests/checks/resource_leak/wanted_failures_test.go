package wantedfailures

import (
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
