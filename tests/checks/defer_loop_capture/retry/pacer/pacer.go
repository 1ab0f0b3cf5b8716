// Package pacer retries.
package pacer

// An Invoker calls f, in its own way.
type Invoker func(tries int, f func() error) error

type Pacer struct {
	tries   int
	invoker Invoker
	last    func() error
}

func (p *Pacer) Call(f func() error) error { return p.call(f, p.tries) }

func (p *Pacer) call(f func() error, tries int) (err error) {
	for i := 0; i < tries; i++ {
		if err = p.invoker(i, f); err == nil {
			break
		}
	}
	return err
}

// Keep keeps f for the next Flush.
func (p *Pacer) Keep(f func() error) { p.last = f }

func (p *Pacer) Flush() error { return p.last() }

// Wrap makes a function of f.
func Wrap(name string, f func() error) func() error {
	return func() error {
		println(name)
		return f()
	}
}
