//go:build go1.21

package p

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"
)

type server struct {
	mu    sync.Mutex
	hooks map[string]func()
}

func (s *server) routes(mux *http.ServeMux, paths []string) {
	for _, path := range paths {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { // want "kept for later, uses `path`"
			fmt.Fprintln(w, path)
		})
		mux.Handle(path, handler(path))
	}
}

func handler(path string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, path) })
}

func (s *server) setHooks(names []string) {
	for _, name := range names {
		s.hooks[name] = func() { fmt.Println(name) } // want "kept for later, uses `name`"
	}
}

func (s *server) fanOut(ctx context.Context, urls []string) []error {
	errs := make([]error, len(urls))
	var wg sync.WaitGroup
	sem := make(chan struct{}, 4)
	for i, url := range urls {
		wg.Add(1)
		sem <- struct{}{}
		go func() { // want "this goroutine uses `i`"
			defer wg.Done()
			defer func() { <-sem }()
			_, errs[i] = http.Get(url)
		}()
	}
	wg.Wait()
	return errs
}

func (s *server) inTurn(urls []string) {
	for _, url := range urls {
		done := make(chan struct{})
		go func() {
			defer close(done)
			http.Get(url)
		}()
		select {
		case <-done:
		case <-time.After(time.Second):
			fmt.Println("slow:", url)
		}
	}
}

func (s *server) locked(names []string) {
	for _, name := range names {
		func() {
			s.mu.Lock()
			defer func() {
				fmt.Println("unlock", name)
				s.mu.Unlock()
			}()
		}()
	}
}

func (s *server) once(names []string) {
	var once sync.Once
	for _, name := range names {
		once.Do(func() { fmt.Println(name) })
	}
}

func removeAll(names []string) {
	for _, name := range names {
		defer func() { // want "this deferred function literal uses `name`"
			os.Remove(name)
		}()
	}
}

func cleanups(names []string) func() {
	var undo []func()
	for i := range names {
		name := names[i]
		undo = append(undo, func() { os.Remove(name) })
	}
	return func() {
		for _, f := range undo {
			f()
		}
	}
}

func firstMatch(names []string) func() string {
	for _, name := range names {
		if name != "" {
			return func() string { return name }
		}
	}
	return nil
}
