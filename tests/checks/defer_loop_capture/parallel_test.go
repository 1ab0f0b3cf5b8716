//go:build go1.21

package p

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestParallel(t *testing.T) {
	for _, tt := range []struct{ name string }{{"a"}, {"b"}} {
		t.Run(tt.name, func(t *testing.T) { // want "kept for later, uses `tt`, which all iterations share in go1.21"
			t.Parallel()
			fmt.Println(tt.name)
		})
	}
}

func TestUsedBeforeParallel(t *testing.T) {
	for _, tt := range []struct{ name string }{{"a"}, {"b"}} {
		t.Run(tt.name, func(t *testing.T) {
			fmt.Println(tt.name)
			t.Parallel()
		})
	}
}

func TestInSequence(t *testing.T) {
	for _, tt := range []struct{ name string }{{"a"}, {"b"}} {
		t.Run(tt.name, func(t *testing.T) {
			fmt.Println(tt.name)
		})
	}
}

func TestCleanup(t *testing.T) {
	for _, name := range []string{"a", "b"} {
		t.Cleanup(func() { fmt.Println(name) }) // want "`name`"
	}
}

func TestHandlers(t *testing.T) {
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	defer server.Close()
	for path, want := range map[string]int{"/a": 404, "/b": 410} {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(want)
		})
		resp, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Error(resp.Status)
		}
	}
}
