package typeparams

import "io"

func with[T io.Closer](open func() (T, error), use func(T) error) error {
	t, err := open()
	defer t.Close() // want "the error of `open\(\)` at line 6 is looked at"
	if err != nil {
		return err
	}
	return use(t)
}

func checked[T io.Closer](open func() (T, error), use func(T) error) error {
	t, err := open()
	if err != nil {
		return err
	}
	defer t.Close()
	return use(t)
}

func number[T ~int | ~string](read func() (T, error), show func(T)) error {
	t, err := read()
	defer show(t)
	if err != nil {
		return err
	}
	return nil
}
