package p

import (
	"errors"
	"sync"
)

type pool struct {
	wg   sync.WaitGroup
	errs chan error
}

func addInside(names []string, do func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		go func() {
			wg.Add(1) // want "the goroutine adds itself to `wg`"
			defer wg.Done()
			do(name)
		}()
	}
	wg.Wait()
}

func (p *pool) start(n int) {
	for range n {
		go p.work()
	}
	p.wg.Wait()
}

func (p *pool) work() {
	p.wg.Add(1) // want "adds itself to `wg`"
	defer p.wg.Done()
	p.errs <- nil
}

func skipped(jobs []func() error) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			if err := job(); err != nil {
				return
			}
			wg.Done() // want "may return at line 44 without this `Done`"
		}()
	}
	wg.Wait()
}

func byValue(wg sync.WaitGroup, do func()) {
	defer wg.Done() // want "`Done` of a copy"
	do()
}

func twice(p *pool, do func() error) {
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		if err := do(); err != nil {
			p.errs <- err
			p.wg.Done() // want "called twice on one way"
			return
		}
	}()
	p.wg.Wait()
}

func goAndDone(p *pool, do func()) {
	p.wg.Go(func() {
		defer p.wg.Done() // want "`Go` calls `Done` by itself"
		do()
	})
	p.wg.Wait()
}

// Look-alikes.

func right(names []string, do func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			do(name)
		}()
	}
	wg.Wait()
}

func (p *pool) tree(depth int) {
	p.wg.Add(1)
	go p.node(depth)
	p.wg.Wait()
}

func (p *pool) node(depth int) {
	defer p.wg.Done()
	if depth > 0 {
		p.wg.Add(1)
		go p.node(depth - 1)
	}
}

func everyWay(p *pool, do func() error) {
	p.wg.Add(1)
	go func() {
		if err := do(); err != nil {
			p.errs <- err
			p.wg.Done()
			return
		}
		p.wg.Done()
	}()
}

func pointer(wg *sync.WaitGroup, do func()) {
	defer wg.Done()
	do()
}

func counts(p *pool, do func()) {
	p.wg.Go(do)
	p.wg.Go(func() { do() })
	p.wg.Wait()
}

func early(p *pool, start func() error) error {
	p.wg.Add(1)
	if err := start(); err != nil {
		p.wg.Done()
		return errors.New("not started")
	}
	go func() {
		defer p.wg.Done()
		<-p.errs
	}()
	return nil
}

func workers(p *pool, jobs chan func() error) {
	go func() {
		for job := range jobs {
			if job() != nil {
				return
			}
			p.wg.Done()
		}
	}()
}

func firstIsReady(p *pool, i int) {
	p.wg.Add(1)
	go func() {
		if i == 0 {
			p.wg.Done()
		}
	}()
}
