// A key that may hold what cannot be compared panics: such a map is looked up with care.
package p

import "fmt"

type cache struct {
	byAny  map[any]int
	byName map[string]int
}

type pair struct{ a, b any }

func (c *cache) get(key any) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("bad key: %v", r)
		}
	}()
	return c.byAny[key], nil
}

func (c *cache) remove(key any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("bad key: %v", r)
		}
	}()
	delete(c.byAny, key)
	return nil
}

func same(p, q pair) (is bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cannot compare: %v", r)
		}
	}()
	return p == q, nil
}

func (c *cache) named(name string) (n int, err error) {
	defer func() {
		if r := recover(); r != nil { // want "nothing that `named` does"
			err = fmt.Errorf("bad key: %v", r)
		}
	}()
	return c.byAny[name] + c.byName[name], nil
}
