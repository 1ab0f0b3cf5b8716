package p

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

type config struct{ Addr string }

func serve(name string, h http.Handler) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "`f` stays open while `http.ListenAndServe` at line 30 waits, though nothing uses it after line 26"
	var c config
	if err := json.NewDecoder(f).Decode(&c); err != nil {
		return err
	}
	log.Println("serving")
	return http.ListenAndServe(c.Addr, h)
}

func greet(ctx context.Context, addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer func() { // want "`conn` stays open while the `select` at line 46 waits"
		if err := conn.Close(); err != nil {
			log.Println(err)
		}
	}()
	if _, err := io.WriteString(conn, "hello"); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Minute):
		return nil
	}
}

func report(ctx context.Context, db *sql.DB, url string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // want "`tx` stays open while `http.Get` at line 64 waits"
	var n int
	if err := tx.QueryRow("select count(*) from jobs").Scan(&n); err != nil {
		return err
	}
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func first(db *sql.DB) (id int, err error) {
	rows, err := db.Query("select id from jobs")
	if err != nil {
		return 0, err
	}
	defer rows.Close() // want "`rows` stays open while `time.Sleep` at line 82 waits"
	if rows.Next() {
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
	}
	time.Sleep(time.Second)
	return id, nil
}

func untilSignal(quit <-chan os.Signal) {
	log.Println("waiting")
	<-quit
}

func runUntil(name string, quit <-chan os.Signal) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() // want "`f` stays open while `untilSignal` at line 101 waits"
	s := bufio.NewScanner(f)
	for s.Scan() {
		log.Println(s.Text())
	}
	untilSignal(quit)
	return nil
}

type notifier struct {
	mu     sync.Mutex
	client *http.Client
	sent   int
	last   time.Time
}

func (n *notifier) notify(url string) error {
	n.mu.Lock()
	defer n.mu.Unlock() // want "`n.mu` stays locked while `n.client.Get` at line 116 waits"
	n.sent++
	resp, err := n.client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (n *notifier) pause() int {
	n.mu.Lock()
	defer n.mu.Unlock() // want "`n.mu` stays locked while `time.Sleep` at line 127 waits"
	sent := n.sent
	time.Sleep(2 * time.Second)
	return sent
}

var (
	registry   = map[string]int{}
	registryMu sync.RWMutex
)

func lookup(name string, ready <-chan struct{}) int {
	registryMu.RLock()
	defer registryMu.RUnlock() // want "`registryMu` stays locked while the receive at line 140 waits"
	n := registry[name]
	<-ready
	return n
}
