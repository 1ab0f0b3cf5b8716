// Package kv keeps keys in a file.
package kv

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"sync"
)

type DB struct {
	mu   sync.RWMutex
	path string
	data map[string][]byte
}

// Load turns decoding panics of a bad file into errors, with a helper deferred itself.
func Load(path string) (db *DB, err error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return &DB{path: path, data: map[string][]byte{}}, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	db = &DB{path: path}
	defer toError(&err)
	err = gob.NewDecoder(f).Decode(&db.data)
	return db, err
}

func toError(errp *error) {
	switch r := recover().(type) {
	case nil:
	case error:
		*errp = fmt.Errorf("kv: %w", r)
	default:
		*errp = fmt.Errorf("kv: %v", r)
	}
}

// Save writes a file beside and renames it.
func (db *DB) Save() (err error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	tmp, err := os.CreateTemp("", "kv")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err = gob.NewEncoder(tmp).Encode(db.data); err != nil {
		return errors.Join(err, tmp.Close())
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), db.path)
}

// MustSave ends the process with the temporary file and the lock still there.
func (db *DB) MustSave() {
	lock := db.path + ".lock"
	if err := os.Mkdir(lock, 0o700); err != nil {
		log.Fatal(err)
	}
	defer os.Remove(lock)
	if err := db.Save(); err != nil {
		log.Fatalln("save:", err)
	}
}

// Update locks wrongly.
func (db *DB) Update(k string, f func([]byte) []byte) {
	db.mu.Lock()
	defer db.mu.RLock()
	db.data[k] = f(db.data[k])
}

// View locks rightly.
func (db *DB) View(k string, f func([]byte)) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	f(db.data[k])
}

// Begin gives a function back that unlocks.
func (db *DB) Begin() (commit func()) {
	db.mu.Lock()
	return db.mu.Unlock
}

// Put forgets to call what Begin gives.
func (db *DB) Put(k string, v []byte) {
	defer db.Begin()
	db.data[k] = v
}

// PutRight calls it.
func (db *DB) PutRight(k string, v []byte) {
	defer db.Begin()()
	db.data[k] = v
}

// Range defers with the keys of the loop in the arguments.
func (db *DB) Range(w io.Writer) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	for k, v := range db.data {
		fmt.Fprintf(w, "%s=%s\n", k, v)
	}
}

// Swallow throws away what a callback panics with, and says that all is well.
func (db *DB) Each(f func(k string, v []byte)) error {
	db.mu.RLock()
	defer db.mu.RUnlock()
	for k, v := range db.data {
		func() {
			defer func() {
				_ = recover()
			}()
			f(k, v)
		}()
	}
	return nil
}

// Compact's deferred check reads the outer err; returns give others.
func (db *DB) Compact() error {
	tmp := db.path + ".tmp"
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil { // want "^warning: "
			os.Remove(tmp)
		}
	}()
	if err := gob.NewEncoder(f).Encode(db.data); err != nil {
		f.Close()
		return fmt.Errorf("compact: %w", err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(tmp, db.path)
}
