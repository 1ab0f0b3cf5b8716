// Who answers a request does not count as what a recover is for.
package p

import (
	"context"
	"log"
	"net/http"
	"time"
)

func limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second)
		defer cancel()
		defer func() {
			if p := recover(); p != nil { // want "does not stop a panic of the goroutine"
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		done := make(chan struct{})
		go func() {
			defer close(done)
			if r.ContentLength < 0 {
				panic("unknown length")
			}
			next.ServeHTTP(w, r.WithContext(ctx))
		}()
		select {
		case <-done:
		case <-ctx.Done():
			http.Error(w, "late", http.StatusGatewayTimeout)
			w.WriteHeader(http.StatusGatewayTimeout)
		}
	})
}

// The handler may panic here too.
func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				log.Println(p)
			}
		}()
		go func() {
			if r.ContentLength < 0 {
				panic("unknown length")
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Something is there to recover from, if not much.
func answer(w http.ResponseWriter, code int) {
	defer func() {
		if p := recover(); p != nil {
			log.Println(p)
		}
	}()
	w.WriteHeader(code)
}
