package errorresult

type span interface {
	SetError(err error)
	SetLevel(level int)
}

type state struct {
	err   error
	level int
}

func (s *state) setErr(err error)    { s.err = err }
func (s *state) setLevel(level int)  { s.level = level }
func (s *state) restore(level int)   { s.level = level }
func (s *state) work(n int) error    { return s.err }
func (s *state) resetTo(n int) error { return s.err }

// An error result is no state that is put back, whatever the name says.
func (s *state) traced(sp span) (err error) {
	defer sp.SetError(err) // want "`err` is evaluated by the `defer` statement"
	if err = s.work(1); err != nil {
		return err
	}
	return s.work(2)
}

func (s *state) kept() (err error) {
	defer s.setErr(err) // want "`err` is evaluated"
	return s.work(1)
}

// What was there before is put back.
func (s *state) raised(level int) (err error) {
	defer s.setLevel(s.level)
	s.level = level
	return s.work(1)
}

func (s *state) saved(level int) (old int, err error) {
	old = s.level
	defer s.restore(old)
	s.level = level
	old = level
	return old, s.work(1)
}

func (s *state) quiet() error {
	err := s.err
	defer s.setErr(err)
	err = s.work(1)
	return err
}
