package p

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func start(t *testing.T) *httptest.Server {
	srv := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(srv.Close)
	return srv
}

func bare() *httptest.Server {
	return httptest.NewServer(http.NotFoundHandler())
}

func TestStatus(t *testing.T) {
	srv := bare() // want "info: `srv` may be still open"
	resp, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

func TestCleaned(t *testing.T) {
	resp, err := http.Get(start(t).URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}
