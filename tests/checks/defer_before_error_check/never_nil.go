package p

import "errors"

type gatherer interface {
	gather() (names []string, done func(), err error)
}

type plain struct{ names []string }

func (p *plain) gather() ([]string, func(), error) {
	if p.names == nil {
		return nil, func() {}, errors.New("no names")
	}
	return p.names, func() {}, nil
}

type many struct{ all []gatherer }

func (m *many) gather() (names []string, done func(), err error) {
	var ends []func()
	for _, one := range m.all {
		found, end, e := one.gather()
		names = append(names, found...)
		ends = append(ends, end)
		err = errors.Join(err, e)
	}
	return names, func() {
		for _, end := range ends {
			end()
		}
	}, err
}

// All that there are give a function, also with an error.
func count(g gatherer) (int, error) {
	names, done, err := g.gather()
	defer done()
	if err != nil {
		return 0, err
	}
	return len(names), nil
}

func counts() (int, error) {
	n, err := count(&plain{})
	if err != nil {
		return count(&many{})
	}
	return n, nil
}

type silent struct{ c chan int }

func (s *silent) gather() ([]string, func(), error) {
	<-s.c
	panic("nothing to gather")
}

func countSilent() (int, error) { return count(&silent{}) }

type opener interface {
	open(name string) (close func(), err error)
}

type files struct{}

func (files) open(name string) (func(), error) {
	if name == "" {
		return nil, errors.New("no name")
	}
	return func() {}, nil
}

func use(o opener, name string) error {
	end, err := o.open(name)
	defer end() // want "is deferred before the error"
	if err != nil {
		return err
	}
	return nil
}

func useFiles() error { return use(files{}, "a") }
