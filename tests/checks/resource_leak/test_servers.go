package p

import (
	"fmt"
	"net/http"
	"net/http/httptest"
)

func status(path string) (int, error) {
	srv := httptest.NewServer(http.NotFoundHandler()) // want "`srv` may be still open when `status` returns at line 13: `httptest.NewServer` succeeded, and nothing on that way closes it \(server\)"
	resp, err := http.Get(srv.URL + path)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	srv.Close()
	return resp.StatusCode, nil
}

// Look-alikes.

func statusAndClose(path string) (int, error) {
	srv := httptest.NewTLSServer(http.NotFoundHandler())
	defer srv.Close()
	resp, err := srv.Client().Get(srv.URL + path)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

type fixture struct{ srv *httptest.Server }

func newFixture(h http.Handler) *fixture {
	f := &fixture{srv: httptest.NewUnstartedServer(h)}
	f.srv.Start()
	return f
}

func serve(h http.Handler) (string, func()) {
	srv := httptest.NewServer(h)
	fmt.Println("serving at", srv.URL)
	return srv.URL, srv.Close
}
