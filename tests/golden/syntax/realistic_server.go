// Package golden holds a small server as people write them.
package golden

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"
)

var errNotFound = errors.New("not found")

type store[K comparable, V any] struct {
	mu    sync.RWMutex
	items map[K]V
}

func newStore[K comparable, V any]() *store[K, V] {
	return &store[K, V]{items: make(map[K]V)}
}

func (s *store[K, V]) get(key K) (V, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if v, ok := s.items[key]; ok {
		return v, nil
	}
	var zero V
	return zero, fmt.Errorf("key %v: %w", key, errNotFound)
}

func (s *store[K, V]) each(yield func(K, V) bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for k, v := range s.items {
		if !yield(k, v) {
			return
		}
	}
}

type handler func(w http.ResponseWriter, r *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	defer func() {
		if p := recover(); p != nil {
			slog.Error("panic", "value", p)
			http.Error(w, "internal error", http.StatusInternalServerError)
		}
		slog.Info("served", "path", r.URL.Path, "took", time.Since(start))
	}()
	switch err := h(w, r); {
	case err == nil:
	case errors.Is(err, errNotFound):
		http.NotFound(w, r)
	default:
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}

func run(ctx context.Context, addr string) (err error) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	users := newStore[string, struct {
		Name string `json:"name"`
		Age  int    `json:"age,omitempty"`
	}]()
	mux := http.NewServeMux()
	mux.Handle("GET /users/{id}", handler(func(w http.ResponseWriter, r *http.Request) error {
		user, err := users.get(r.PathValue("id"))
		if err != nil {
			return err
		}
		return json.NewEncoder(w).Encode(user)
	}))
	server := &http.Server{Addr: addr, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return errors.Join(server.Shutdown(late), <-failed)
}
