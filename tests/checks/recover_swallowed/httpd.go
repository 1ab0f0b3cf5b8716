// Package httpd serves a small API.
package httpd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"
)

type API struct {
	panics  atomic.Int64
	started time.Time
	lookup  func(ctx context.Context, id string) (any, error)
}

// Recover is a middleware whose recover is direct.
func (a *API) Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			a.panics.Add(1)
			log.Printf("%s: %v\n%s", r.URL, v, debug.Stack())
			http.Error(w, "internal error", http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}

// Silent drops the panic: the client sees an empty 200.
func Silent(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want "^warning: "
				return
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Answers tells the client.
func Answers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if recover() != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// statusWriter remembers what was sent.
type statusWriter struct {
	http.ResponseWriter
	code int
}

func (s *statusWriter) WriteHeader(c int) {
	s.code = c
	s.ResponseWriter.WriteHeader(c)
}

// Logged logs the code that was not known yet.
func Logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sw := &statusWriter{w, 200}
		defer log.Printf("%s %s -> %d", r.Method, r.URL.Path, sw.code)
		next.ServeHTTP(sw, r)
	})
}

// LoggedLate does it in a literal.
func LoggedLate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sw := &statusWriter{w, 200}
		start := time.Now()
		defer func() {
			log.Printf("%s %s -> %d in %v", r.Method, r.URL.Path, sw.code, time.Since(start))
		}()
		next.ServeHTTP(sw, r)
	})
}

// Get sends one value.
func (a *API) Get(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	v, err := a.lookup(ctx, r.PathValue("id"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	if err := json.NewEncoder(w).Encode(v); err != nil {
		log.Print(err)
	}
}

// Async answers before the work is done; a panic there ends the process.
func (a *API) Async(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if v := recover(); v != nil {
			log.Printf("async: %v", v)
		}
	}()
	id := r.PathValue("id")
	go func() {
		v, err := a.lookup(context.Background(), id)
		if err != nil {
			panic(fmt.Errorf("lookup %s: %w", id, err))
		}
		log.Print(v)
	}()
	w.WriteHeader(http.StatusAccepted)
}

// ListenAndServe writes a pid file and removes it, but for an error.
func (a *API) ListenAndServe(addr, pidfile string) {
	if err := os.WriteFile(pidfile, fmt.Appendln(nil, os.Getpid()), 0o644); err != nil {
		log.Fatal(err)
	}
	defer os.Remove(pidfile)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{id}", a.Get)
	srv := &http.Server{Addr: addr, Handler: a.Recover(mux)}
	if err := srv.ListenAndServe(); err != nil && !errors.Is(err, http.ErrServerClosed) {
		log.Fatalf("serve: %v", err)
	}
}

// Listen gives the error to its caller, who exits.
func (a *API) Listen(addr, pidfile string) error {
	if err := os.WriteFile(pidfile, fmt.Appendln(nil, os.Getpid()), 0o644); err != nil {
		return err
	}
	defer os.Remove(pidfile)
	return http.ListenAndServe(addr, a.Recover(http.NewServeMux()))
}
