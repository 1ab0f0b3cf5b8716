package interfaces

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
)

// database is what a *sql.DB and a *sql.Tx have both.
type database interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	PrepareContext(context.Context, string) (*sql.Stmt, error)
}

func names(ctx context.Context, db database) (names []string, err error) {
	rows, err := db.QueryContext(ctx, "select name from users") // want "`rows` may be still open when `names` returns"
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	return names, errors.Join(rows.Err(), rows.Close())
}

func count(ctx context.Context, db database) (n int, err error) {
	rows, err := db.QueryContext(ctx, "select name from users")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	return n, rows.Err()
}

// A transaction ends its statements.
func prepare(ctx context.Context, db database) error {
	_, err := db.PrepareContext(ctx, "select 1")
	return err
}

type doer interface {
	Do(*http.Request) (*http.Response, error)
	// Last gives the last response again.
	Last() (*http.Response, error)
}

type client struct{ http doer }

func (c *client) get(req *http.Request, v any) error {
	resp, err := c.http.Do(req) // want "the body of `resp` may be still open when .* returns"
	if err != nil {
		return err
	}
	return json.NewDecoder(resp.Body).Decode(v)
}

func (c *client) status() (int, error) {
	resp, err := c.http.Last()
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

// fixed is a body of its own.
type fixed struct{ resp *http.Response }

func (f *fixed) Do(*http.Request) (*http.Response, error) { return f.resp, nil }

type answerer interface {
	Do(*http.Request) (*http.Response, error)
}

func answer(req *http.Request, resp *http.Response) (int, error) {
	var a answerer = &fixed{resp}
	got, err := a.Do(req)
	if err != nil {
		return 0, err
	}
	return got.StatusCode, nil
}
