package p

type closer func() error

func (c closer) Close() error { return c() }

// It looks first.
type maybe func() error

func (m maybe) Close() error {
	if m == nil {
		return nil
	}
	return m()
}

func open() (closer, error) { return func() error { return nil }, nil }

func early() error {
	var c closer
	defer c.Close() // want "`c\.Close\(\)` is called on is nil here"
	c, err := open()
	_ = c
	return err
}

func tolerant() error {
	var m maybe
	defer m.Close()
	return nil
}

func rightly() error {
	c, err := open()
	if err != nil {
		return err
	}
	defer c.Close()
	return nil
}
