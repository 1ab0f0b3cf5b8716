package p

import (
	"fmt"
	"testing"
)

// What a test gives to `spy.test` only records that it was called.
type ender interface {
	Errorf(format string, args ...any)
	FailNow()
}

type spy struct {
	test  ender
	calls int
}

func (s *spy) fail(format string, args ...any) {
	if s.test == nil {
		panic(fmt.Sprintf(format, args...))
	}
	s.test.Errorf(format, args...)
	s.test.FailNow()
}

func (s *spy) call(done chan struct{}) {
	if s.calls < 0 {
		close(done)
		s.fail("called %d times", s.calls)
	}
	close(done)
}

func (s *spy) callSoftly(done chan struct{}) {
	if s.calls < 0 {
		close(done)
		s.test.Errorf("called %d times", s.calls)
	}
	close(done) // want "is closed here and before"
}

type recorder struct {
	failed int
}

func (r *recorder) Errorf(format string, args ...any) {}

func (r *recorder) FailNow() { r.failed++ }

func TestCall(t *testing.T) {
	r := &recorder{}
	s := &spy{test: r}
	s.call(make(chan struct{}))
}
