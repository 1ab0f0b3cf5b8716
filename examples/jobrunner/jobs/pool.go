// Package jobs runs jobs on a few goroutines.
package jobs

import (
	"fmt"
	"log"
	"sync"
	"time"
)

// A Job has a name for the log.
type Job struct {
	Name string
	Run  func() error
}

// A Pool runs jobs until Wait.
type Pool struct {
	jobs   chan Job
	wg     sync.WaitGroup
	mu     sync.Mutex
	errors []error
}

// NewPool starts the workers.
func NewPool(workers int) *Pool {
	p := &Pool{jobs: make(chan Job)}
	for i := 0; i < workers; i++ {
		p.wg.Add(1)
		go func() {
			defer p.wg.Done()
			p.work(i) // A trap before Go 1.22: most workers get the last number.
		}()
	}
	return p
}

// Submit hands a job to a worker.
func (p *Pool) Submit(job Job) { p.jobs <- job }

// Wait ends the pool and returns the errors of all jobs.
func (p *Pool) Wait() []error {
	close(p.jobs)
	p.wg.Wait()
	return p.errors
}

func (p *Pool) work(worker int) {
	for job := range p.jobs {
		if err := p.run(job); err != nil {
			p.mu.Lock()
			p.errors = append(p.errors, fmt.Errorf("worker %d: %s: %w", worker, job.Name, err))
			p.mu.Unlock()
		}
	}
}

// run makes an error of a panic. The recover is in the deferred function itself, and right.
func (p *Pool) run(job Job) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return job.Run()
}

// Try runs a job whose panics should not matter.
func Try(job Job) {
	defer recover() // A trap: this stops no panic.
	if err := job.Run(); err != nil {
		log.Print(err)
	}
}

// Report logs the names when it returns. An argument is evaluated at the statement, so that this
// is right in every version.
func Report(jobs []Job) {
	for _, job := range jobs {
		defer log.Print(job.Name)
	}
}

// Every starts a timer for each name.
func Every(d time.Duration, names []string) (stop func()) {
	var stops []func()
	for _, name := range names {
		ticker := time.NewTicker(d)
		stops = append(stops, func() { // A trap before Go 1.22: logs the last name only.
			log.Printf("stop %s", name)
			ticker.Stop()
		})
	}
	return func() {
		for _, stop := range stops {
			stop()
		}
	}
}
