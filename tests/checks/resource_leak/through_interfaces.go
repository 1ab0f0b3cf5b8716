//sample: go1.24

package ifaces

import (
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
)

type doer interface {
	Do(*http.Request) (*http.Response, error)
}

func status(d doer, r *http.Request) (int, error) {
	resp, err := d.Do(r) // want "the body of `resp` may be still open when `status` returns"
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

func statusClosed(d doer, r *http.Request) (int, error) {
	resp, err := d.Do(r)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

type checker interface {
	Check(*http.Response) (*http.Response, error)
}

// What comes back may be what was given.
func checked(c checker, resp *http.Response) (int, error) {
	resp, err := c.Check(resp)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, nil
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
	Current() (*sql.Tx, error)
}

func names(ctx context.Context, q querier) ([]string, error) {
	rows, err := q.QueryContext(ctx, "select name from users") // want "`rows` may be still open"
	if err != nil {
		return nil, err
	}
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}

func rename(ctx context.Context, q querier) error {
	tx, err := q.BeginTx(ctx, nil) // want "`tx` may be neither committed nor rolled back"
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "update users set name = ?", ""); err != nil {
		return err
	}
	return tx.Commit()
}

func current(ctx context.Context, q querier) error {
	tx, err := q.Current()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "update users set name = ?", "")
	return err
}

type file interface {
	io.ReadWriteCloser
	Sync() error
}

type disk interface {
	Open(name string) (file, error)
	Create(name string) (file, error)
	Root() (file, error)
	Read(name string) (io.ReadCloser, error)
	StdoutPipe() (io.ReadCloser, error)
}

func load(d disk) ([]byte, error) {
	f, err := d.Open("data") // want "`f` may be still open when `load` returns"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

func hand(d disk) (io.ReadCloser, error) {
	return d.Open("data")
}

func store(d disk, data []byte) error {
	f, err := d.Create("data") // want "`f` may be still open"
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Close()
}

func object(d disk) ([]byte, error) {
	r, err := d.Read("data") // want "`r` may be still open"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// Names that tell of nothing new.
func shared(d disk) ([]byte, error) {
	root, err := d.Root()
	if err != nil {
		return nil, err
	}
	if err := root.Sync(); err != nil {
		return nil, err
	}
	out, err := d.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(out)
}

type pool struct {
	dial func(network, addr string) (net.Conn, error)
	idle func() (net.Conn, error)
	open func(name string) (*os.File, error)
}

func (p *pool) ping() error {
	conn, err := p.dial("tcp", "localhost:1") // want "`conn` may be still open"
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte("ping"))
	return err
}

func (p *pool) pingIdle() error {
	conn, err := p.idle()
	if err != nil {
		return err
	}
	_, err = conn.Write([]byte("ping"))
	return err
}

func (p *pool) size() (int64, error) {
	f, err := p.open("data") // want "`f` may be still open"
	if err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
