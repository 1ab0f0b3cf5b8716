package p

import (
	"log"
	"sync"
)

type block struct {
	mu   sync.Mutex
	size int
}

func (b *block) drop() error    { b.size--; return nil }
func (b *block) compact() error { b.size++; return nil }

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func tell(err error) {
	if err != nil {
		log.Print(err)
	}
}

// Where it was unlocked, must does not return.
func (b *block) shrink() {
	var err error
	b.mu.Lock()
	if err = b.drop(); err != nil {
		b.mu.Unlock()
		must(err)
	}
	if err = b.compact(); err != nil {
		b.mu.Unlock()
		must(err)
	}
	b.mu.Unlock()
}

func (b *block) shrinkTold() {
	b.mu.Lock()
	if err := b.drop(); err != nil {
		b.mu.Unlock()
		tell(err)
	}
	b.mu.Unlock() // want "`b.mu` is unlocked here and before at line 46"
}

// A variable that a literal captures is looked at again.
func (b *block) shrinkLater() func() error {
	err := b.drop()
	b.mu.Lock()
	if err != nil {
		b.mu.Unlock()
		must(err)
	}
	b.mu.Unlock()
	err = b.compact()
	return func() error { return err }
}

func (b *block) shrinkAnother() {
	b.mu.Lock()
	err := b.drop()
	if err != nil {
		b.mu.Unlock()
		err = b.compact()
		must(err)
	}
	b.mu.Unlock() // want "`b.mu` is unlocked here and before at line 69"
}
