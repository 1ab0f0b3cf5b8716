package p

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"os"
	"sync"
)

func produce(n int) (<-chan int, error) {
	out := make(chan int, 8)
	defer close(out)
	if n > cap(out) {
		close(out) // want "`out` is closed here and again at line 15"
		return nil, errors.New("too many")
	}
	return out, nil
}

func both() {
	ch := make(chan int)
	defer close(ch) // want "`ch` is closed here"
	defer close(ch)
}

type worker struct {
	mu   sync.Mutex
	once sync.Once
	done chan struct{}
	jobs chan int
	n    int
}

func (w *worker) Close() error {
	close(w.done)
	return nil
}

func run(w *worker) error {
	defer w.Close()
	w.n++
	if w.n > 3 {
		w.Close() // want "the second `close` panics"
		return errors.New("too many")
	}
	return nil
}

func (w *worker) early(n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n == 0 {
		w.mu.Unlock() // want "unlocked here and again at line 54"
		return 0
	}
	w.n += n
	return w.n
}

func (w *worker) twice(n int) {
	w.mu.Lock()
	if n > 0 {
		w.n = n
		w.mu.Unlock()
	}
	w.mu.Unlock() // want "unlocked here"
}

func (w *worker) inLoop(in []int) {
	for _, n := range in {
		w.jobs <- n
		if n == 0 {
			close(w.jobs)
			break
		}
	}
	close(w.jobs) // want "closed here and before"
}

func form(w io.Writer) error {
	m := multipart.NewWriter(w)
	defer m.Close()
	if err := m.WriteField("a", "b"); err != nil {
		return err
	}
	return m.Close() // want "another closing boundary"
}

func spawned() chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		ch <- 1
	}()
	if <-ch > 0 {
		close(ch) // want "closed here"
	}
	return ch
}

// Look-alikes.

func safetyNet(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Close()
}

func archive() ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	defer z.Close()
	if _, err := z.Create("a"); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func (w *worker) stop() {
	w.once.Do(func() { close(w.done) })
}

func (w *worker) guarded() {
	select {
	case <-w.done:
	default:
		close(w.done)
	}
}

func (w *worker) stopTwice() {
	defer w.stop()
	w.stop()
	w.guarded()
	w.guarded()
}

func (w *worker) restart() {
	close(w.done)
	w.done = make(chan struct{})
	close(w.done)
}

func (w *worker) relock(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mu.Unlock()
	f()
	w.mu.Lock()
}

func (w *worker) eitherWay(ok bool) {
	if ok {
		close(w.done)
	}
	if !ok {
		close(w.done)
	}
}

func (w *worker) all(chans []chan int) {
	for _, ch := range chans {
		close(ch)
	}
}

func (w *worker) branches(n int) int {
	w.mu.Lock()
	if n == 0 {
		w.mu.Unlock()
		return 0
	}
	w.mu.Unlock()
	return 1
}

func (w *worker) ticks(in <-chan int) {
	n := 0
	for range in {
		n++
		if n == 3 {
			close(w.done)
		}
	}
}
