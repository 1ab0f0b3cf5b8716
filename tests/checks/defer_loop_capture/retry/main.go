package main

import "sample/pacer"

// A function that goes to one that is not known is not taken to be kept.
func each(p *pacer.Pacer, names []string, f func(string) error) error {
	for _, name := range names {
		if err := p.Call(func() error { return f(name) }); err != nil {
			return err
		}
	}
	return nil
}

// What holds the literal is called in the iteration.
func wrapped(names []string, f func(string) error) error {
	for _, name := range names {
		run := pacer.Wrap("each", func() error { return f(name) })
		if err := run(); err != nil {
			return err
		}
	}
	return nil
}

func kept(p *pacer.Pacer, names []string, f func(string) error) error {
	for _, name := range names {
		p.Keep(func() error { return f(name) }) // want "`name`"
	}
	return p.Flush()
}

func main() {
	p := &pacer.Pacer{}
	print := func(name string) error {
		println(name)
		return nil
	}
	println(each(p, nil, print), wrapped(nil, print), kept(p, nil, print))
}
