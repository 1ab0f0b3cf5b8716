// Package replica follows a primary.
package replica

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"sync"
	"time"
)

type Entry struct {
	Seq  uint64
	Data []byte
}

type Replica struct {
	mu      sync.Mutex
	applied uint64
	apply   func(Entry) error
	wal     *os.File
	status  func(string, error)
}

// Follow reconnects until the context ends.
func (r *Replica) Follow(ctx context.Context, addr string) error {
	for ctx.Err() == nil {
		if err := r.once(ctx, addr); err != nil {
			log.Printf("replica: %v", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return ctx.Err()
}

func (r *Replica) once(ctx context.Context, addr string) (err error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	defer r.status(addr, err)
	br := bufio.NewReader(c)
	for {
		e, err := read(br)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.applyOne(e); err != nil {
			return err
		}
	}
}

func read(r io.Reader) (e Entry, err error) {
	var hdr [12]byte
	if _, err = io.ReadFull(r, hdr[:]); err != nil {
		return e, err
	}
	e.Seq = binary.BigEndian.Uint64(hdr[:8])
	e.Data = make([]byte, binary.BigEndian.Uint32(hdr[8:]))
	_, err = io.ReadFull(r, e.Data)
	return e, err
}

func (r *Replica) applyOne(e Entry) (err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("entry %d: %v", e.Seq, p)
		}
	}()
	if e.Seq != r.applied+1 {
		return fmt.Errorf("gap at %d", e.Seq)
	}
	if err := r.apply(e); err != nil {
		return err
	}
	r.applied = e.Seq
	return nil
}

// Snapshot returns an error that its deferred Sync may replace by nil.
func (r *Replica) Snapshot(w io.Writer) (n int64, err error) {
	defer func() {
		err = r.wal.Sync() // want "^warning: "
	}()
	return io.Copy(w, r.wal)
}

// SnapshotOnly does so when there was none.
func (r *Replica) SnapshotOnly(w io.Writer) (n int64, err error) {
	defer func() {
		if err == nil {
			err = r.wal.Sync()
		}
	}()
	return io.Copy(w, r.wal)
}

// Truncate checks the wrong way: an error is overwritten only when there is one.
func (r *Replica) Truncate(size int64) (err error) {
	defer func() {
		if err != nil {
			err = r.wal.Sync() // want "^warning: "
		}
	}()
	return r.wal.Truncate(size)
}

// Serve never gets to the Close of the log.
func (r *Replica) Serve(ctx context.Context, addr string) {
	defer r.wal.Close()
	for {
		if err := r.once(ctx, addr); err != nil {
			log.Print(err)
			continue
		}
		time.Sleep(time.Second)
	}
}

// ServeN runs some times only.
func (r *Replica) ServeN(ctx context.Context, addr string, n int) {
	defer r.wal.Close()
	for i := 0; i < n; i++ {
		if err := r.once(ctx, addr); err != nil {
			log.Print(err)
		}
	}
}

// Wait blocks for ever behind a channel that nobody else knows, which is not for us to say.
func (r *Replica) Wait(done <-chan struct{}) {
	defer r.wal.Close()
	<-done
}
