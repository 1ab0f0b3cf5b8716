package p

import (
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

func get(t *testing.T, url string) {
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

func TestServer(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close() // want "its parallel subtests, which use what it releases"
	for _, path := range []string{"/a", "/b"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			get(t, srv.URL+path)
		})
	}
}

func TestFolder(t *testing.T) {
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir) // want "use `t.Cleanup`"
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		if _, err := os.Stat(filepath.Join(dir, "a")); err == nil {
			t.Error("exists")
		}
	})
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel() // want "use `t.Cleanup`"
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		<-ctx.Done()
	})
}

func setup(t *testing.T) (*sql.DB, func()) {
	db, err := sql.Open("x", "y")
	if err != nil {
		t.Fatal(err)
	}
	return db, func() { db.Close() }
}

func TestSetup(t *testing.T) {
	db, cleanup := setup(t)
	defer cleanup() // want "use `t.Cleanup`"
	t.Run("ping", func(t *testing.T) {
		t.Parallel()
		if err := db.Ping(); err != nil {
			t.Error(err)
		}
	})
}

func TestLiteral(t *testing.T) {
	db, _ := setup(t)
	defer func() { // want "use `t.Cleanup`"
		db.Close()
	}()
	t.Run("ping", func(t *testing.T) {
		t.Parallel()
		db.Ping()
	})
}

// Look-alikes.

func TestCleanup(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(srv.Close)
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		get(t, srv.URL)
	})
}

func TestSerial(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	t.Run("a", func(t *testing.T) { get(t, srv.URL) })
}

func TestGroup(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	t.Run("group", func(t *testing.T) {
		t.Run("a", func(t *testing.T) {
			t.Parallel()
			get(t, srv.URL)
		})
	})
}

func TestParentParallel(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	t.Run("a", func(t *testing.T) { get(t, srv.URL) })
}

func TestOther(t *testing.T) {
	db, _ := setup(t)
	defer db.Close()
	want := "/a"
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		if want != "/a" {
			t.Error(want)
		}
	})
}

func TestInner(t *testing.T) {
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		srv := httptest.NewServer(http.NotFoundHandler())
		defer srv.Close()
		get(t, srv.URL)
	})
}
