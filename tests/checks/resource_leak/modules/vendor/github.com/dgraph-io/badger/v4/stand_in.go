// Package badger has what the tests need of github.com/dgraph-io/badger/v4.
package badger

type DB struct{ n int }
type Txn struct{ n int }
type Iterator struct{ n int }
type IteratorOptions struct{ Prefetch bool }

func (db *DB) NewTransaction(update bool) *Txn           { return &Txn{} }
func (t *Txn) Discard()                                  {}
func (t *Txn) Commit() error                             { return nil }
func (t *Txn) Set(key, value []byte) error               { return nil }
func (t *Txn) NewIterator(opt IteratorOptions) *Iterator { return &Iterator{} }
func (it *Iterator) Close()                              {}
func (it *Iterator) Rewind()                             {}
func (it *Iterator) Valid() bool                         { return false }
func (it *Iterator) Next()                               {}
