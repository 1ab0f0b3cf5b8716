package resource_leak

import (
	"net"
	"net/http"
	"testing"
)

type startedServer struct {
	URL  string
	ln   net.Listener
	http *http.Server
}

// Whoever gets it need not close it: the test does, when it ends.
func startServer(tb *testing.T) *startedServer {
	tb.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatalf("listen: %v", err)
	}
	hs := &http.Server{Handler: http.NotFoundHandler()}
	go hs.Serve(ln)
	s := &startedServer{URL: "http://" + ln.Addr().String(), ln: ln, http: hs}
	tb.Cleanup(s.Close)
	return s
}

// It has to close this one.
func startUnclosedServer(tb *testing.T) *startedServer {
	tb.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatalf("listen: %v", err)
	}
	return &startedServer{URL: "http://" + ln.Addr().String(), ln: ln, http: &http.Server{}}
}

func (s *startedServer) Close() {
	s.http.Close()
	s.ln.Close()
}

func TestStartedServer(t *testing.T) {
	s := startServer(t)
	if s.URL == "" {
		t.Fatal("no URL")
	}
	other := startUnclosedServer(t) // want "`other` may be still open"
	if other.URL == "" {
		t.Fatal("no URL")
	}
}
