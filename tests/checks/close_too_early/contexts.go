package p

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

func fetch(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel() // want "what is returned at line 21 lives only as long as the context"
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

type api struct {
	client *http.Client
	db     *sql.DB
	ctx    context.Context
	jobs   map[string]context.Context
}

func (a *api) do(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return nil, err
	}
	return a.client.Do(req)
}

func (a *api) body(ctx context.Context, url string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel() // want "what is returned at line 46 lives"
	resp, err := a.do(ctx, url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func (a *api) users() (*sql.Rows, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel() // want "what is returned at line 52 lives"
	return a.db.QueryContext(ctx, "select 1")
}

func (a *api) begin() (*sql.Tx, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer func() { // want "what is returned at line 64 lives"
		cancel()
	}()
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	return tx, nil
}

func newAPI(parent context.Context) *api {
	ctx, cancel := context.WithCancel(parent)
	defer cancel() // want "what is returned at line 70 lives"
	return &api{ctx: ctx, client: http.DefaultClient}
}

func (a *api) start(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel() // want "what is kept at line 76 lives"
	a.ctx = ctx
}

func (a *api) add(name string) {
	ctx, cancel := context.WithCancel(a.ctx)
	defer cancel() // want "what is kept at line 82 lives"
	a.jobs[name] = ctx
}

func (a *api) background(parent context.Context) {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel() // want "the goroutine, for which nothing here waits, at line 88 lives"
	go a.loop(ctx)
	fmt.Println("started")
}

func (a *api) loop(ctx context.Context) {
	<-ctx.Done()
}

// Look-alikes.

func (a *api) read(ctx context.Context, url string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := a.do(ctx, url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func (a *api) buffered(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := a.do(ctx, url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(b))
	return resp, nil
}

func (a *api) status(ctx context.Context, url string) (int, http.Header, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := a.do(ctx, url)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, resp.Header, nil
}

func (a *api) run(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	a.ctx = ctx
	a.loop(ctx)
}

func (a *api) beside(parent context.Context) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	go a.loop(ctx)
	return http.ListenAndServe(":80", nil)
}

func (a *api) waits(parent context.Context) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		a.loop(ctx)
	}()
	<-done
}

func (a *api) decode(ctx context.Context, url string) (v *struct{ N int }, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := a.do(ctx, url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	v = new(struct{ N int })
	err = json.NewDecoder(resp.Body).Decode(v)
	return v, err
}

func (a *api) handOver(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	return ctx, cancel
}

type job struct{ name string }

func (a *api) perform(ctx context.Context, j job) {}

// What is under way ends with the stream.
func (a *api) serve(next func() (job, error)) error {
	ctx, cancel := context.WithCancelCause(a.ctx)
	defer cancel(io.EOF)
	for {
		j, err := next()
		if err != nil {
			return err
		}
		go func() {
			a.perform(ctx, j)
		}()
	}
}

func (a *api) runAll(jobs []job) {
	ctx, cancel := context.WithCancel(a.ctx)
	defer cancel() // want "the goroutine, for which nothing here waits, at line \d+ lives only"
	for _, j := range jobs {
		go a.perform(ctx, j)
	}
}
