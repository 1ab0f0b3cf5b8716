package p

import "testing"

func TestRecover(t *testing.T) {
	if v := recover(); v != nil { // want "called in `TestRecover`"
		t.Fatal(v)
	}
}

func TestRight(t *testing.T) {
	defer func() {
		if v := recover(); v == nil {
			t.Error("no panic")
		}
	}()
}

func TestSub(t *testing.T) {
	t.Run("sub", func(t *testing.T) {
		defer recover() // want "deferred itself"
	})
}
