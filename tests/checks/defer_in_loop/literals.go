package p

import (
	"os"
	"sync"
)

func calledEachTime(names []string) {
	for _, name := range names {
		func() {
			f, _ := os.Open(name)
			defer f.Close()
		}()
	}
}

func startedEachTime(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f, _ := os.Open(name)
			defer f.Close()
		}()
	}
	wg.Wait()
}

func passedOn(names []string, each func(func())) {
	for _, name := range names {
		each(func() {
			f, _ := os.Open(name)
			defer f.Close()
		})
	}
}

// The workers' loop: every job but the last is done too late.
func worker(jobs chan string, wg *sync.WaitGroup) {
	for range jobs {
		defer wg.Done() // want "^warning: `wg.Done\(\)`"
	}
}

func closesChannels(jobs chan chan int) {
	for ch := range jobs {
		defer close(ch) // want "^warning: `close\(ch\)`"
	}
}

func longCall(names []string) {
	for _, name := range names {
		defer logEverythingThereIsToLogAbout(name, len(name), name+name) // want "^info: `logEverythingThereIsToLogAbout\(…\)` is deferred"
	}
}

func logEverythingThereIsToLogAbout(name string, size int, more string) {}

func literalWithoutRelease(names []string) {
	for range names {
		defer func() {}() // want "^info: a function literal is deferred"
	}
}

func notInLoop(names []string) {
	for range names {
	}
	defer os.Remove("x")
	if len(names) > 3 {
		defer os.Remove("y")
	}
	func() {
		defer os.Remove("z")
	}()
}
