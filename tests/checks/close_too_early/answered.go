package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
)

// The client is told at once, and the goroutine finds the file closed.
func accept(w http.ResponseWriter, r *http.Request) {
	f, err := os.Open(r.URL.Path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close() // want "`f` is used by a goroutine that nothing here waits for"
	go func() {
		var v any
		if err := json.NewDecoder(f).Decode(&v); err != nil {
			log.Print(err)
		}
	}()
	w.Header().Set("Location", "/jobs")
	w.WriteHeader(http.StatusAccepted)
}

func acceptGiven(w http.ResponseWriter, r *http.Request) {
	f, err := os.Open(r.URL.Path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	go func() {
		defer f.Close()
		io.Copy(io.Discard, f)
	}()
	w.WriteHeader(http.StatusAccepted)
}

// It tells when the goroutine is through.
func acceptWaiting(w http.ResponseWriter, r *http.Request) {
	f, err := os.Open(r.URL.Path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	defer f.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		io.Copy(io.Discard, f)
	}()
	<-done
	w.WriteHeader(http.StatusOK)
}

func main() {
	http.HandleFunc("/a", accept)
	http.HandleFunc("/b", acceptGiven)
	http.HandleFunc("/c", acceptWaiting)
}
