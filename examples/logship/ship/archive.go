package ship

import (
	"compress/gzip"
	"io"
	"log"
	"os"
	"path/filepath"
	"sync"
)

// archiver counts what it has written. Its lock is held for the counters alone.
type archiver struct {
	mu    sync.Mutex
	files int
	bytes int64
}

// Archive keeps a compressed copy of every file in folder.
func Archive(folder string, names []string) error {
	defer logPanic()
	a := &archiver{}
	for _, name := range names {
		if err := a.copy(folder, name); err != nil {
			return err
		}
	}
	log.Printf("archived %d files, %d bytes", a.files, a.bytes)
	return nil
}

// copy has one file, so that its deferred calls run for each.
func (a *archiver) copy(folder, name string) error {
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(filepath.Join(folder, filepath.Base(name)+".gz"))
	if err != nil {
		return err
	}
	defer out.Close()
	zip := gzip.NewWriter(out)
	n, err := io.Copy(zip, in)
	if err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	a.count(n)
	return nil
}

func (a *archiver) count(n int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.files++
	a.bytes += n
}

// Add counts files that were archived earlier.
func (a *archiver) Add(sizes []int64) {
	for _, n := range sizes {
		a.mu.Lock()
		defer a.mu.Unlock() // A trap: the second file waits for ever.
		a.files++
		a.bytes += n
	}
}

// Compact runs clean for every file of the archive.
func Compact(folder string, clean func(name string) error) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.gz"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := guarded(name, clean); err != nil {
			return err
		}
	}
	return nil
}

// guarded means to go on when clean panics.
func guarded(name string, clean func(name string) error) error {
	defer func() {
		log.Printf("cleaned %s", name)
		logPanic() // A trap: one call too deep for recover.
	}()
	return clean(name)
}

// logPanic stops a panic, if it is deferred.
func logPanic() {
	if v := recover(); v != nil {
		log.Printf("panic: %v", v)
	}
}
