package p

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/pprof"
	"sync"
	"syscall"
	"time"
)

// Used again in every round.
func tail(ctx context.Context, name string, lines <-chan string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case line := <-lines:
			fmt.Fprintln(f, line)
		}
	}
}

// A goroutine uses it, and is waited for.
func pump(conn io.Writer, addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		io.Copy(conn, c)
	}()
	wg.Wait()
	return nil
}

// The handler writes to it.
func accessLog(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(f, r.URL)
	})
	return http.ListenAndServe(":80", nil)
}

// So does the logger.
func withLogger(ctx context.Context, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	slog.SetDefault(slog.New(slog.NewTextHandler(f, nil)))
	<-ctx.Done()
	return nil
}

func withOutput(ctx context.Context, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	log.SetOutput(f)
	<-ctx.Done()
	return nil
}

// Held for the sake of holding it.
func exclusive(ctx context.Context, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

func pidFile(ctx context.Context, name string) error {
	pidFile, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer os.Remove(name)
	defer pidFile.Close()
	fmt.Fprintln(pidFile, os.Getpid())
	<-ctx.Done()
	return nil
}

func advisory(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "select pg_advisory_lock(1)"); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// The request reads it.
func upload(url, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	resp, err := http.Post(url, "text/plain", f)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func uploadBuffered(url, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	resp, err := http.Post(url, "text/plain", bufio.NewReader(f))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Closed before.
func early(ctx context.Context, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	f.Close()
	log.Println(len(b))
	<-ctx.Done()
	return nil
}

// Rows that were read to their end are closed.
func count(ctx context.Context, db *sql.DB) (n int, err error) {
	rows, err := db.Query("select 1")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		n++
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	<-ctx.Done()
	return n, nil
}

// The end is written after the wait.
func footer(ctx context.Context, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		fmt.Fprintln(f, "end")
		f.Close()
	}()
	<-ctx.Done()
	return nil
}

func buffered(ctx context.Context, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	w.WriteString("begin")
	<-ctx.Done()
	return nil
}

// Listeners and databases are there to be held.
func listen(ctx context.Context, addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	defer l.Close()
	<-ctx.Done()
	return nil
}

// In a transaction, by intent: it is committed after the request.
func outbox(ctx context.Context, db *sql.DB, url string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("delete from outbox"); err != nil {
		return err
	}
	resp, err := http.Post(url, "text/plain", bytes.NewReader(nil))
	if err != nil {
		return err
	}
	resp.Body.Close()
	return tx.Commit()
}

type cache struct {
	mu    sync.Mutex
	next  time.Time
	every time.Duration
	ready chan struct{}
	data  []byte
	conn  net.Conn
}

// What the answer is stored in is guarded.
func (c *cache) refresh(url string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data = nil
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	c.data, err = io.ReadAll(resp.Body)
	return err
}

// The lock is what makes others wait their turn.
func (c *cache) throttle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	wait := time.Until(c.next)
	c.next = c.next.Add(c.every)
	time.Sleep(wait)
}

func (c *cache) await() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data = nil
	<-c.ready
}

func (c *cache) dial(addr string) (err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data = nil
	c.conn, err = net.Dial("tcp", addr)
	return err
}

// It guards nothing but the wait.
func (c *cache) once() {
	c.mu.Lock()
	defer c.mu.Unlock()
	time.Sleep(time.Second)
}

func (c *cache) brief() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data = nil
	time.Sleep(time.Millisecond)
}

// What is waited for uses it.
func (c *cache) start(stop <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.data = nil
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.data = append(c.data, 1)
	}()
	select {
	case <-done:
	case <-stop:
	}
}

// A profile goes on being written.
func profiled(ctx context.Context, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	<-ctx.Done()
	return nil
}
