package lock_not_released

import "sync"

// A lock for each name: CheckOut unlocks what CheckIn locks.
type namedLocks struct {
	lock  sync.Mutex
	locks map[string]*sync.Mutex
	count map[string]int
}

func (p *namedLocks) CheckIn(id string) {
	p.lock.Lock()
	lock, has := p.locks[id]
	if !has {
		lock = &sync.Mutex{}
		p.locks[id] = lock
	}
	p.count[id]++
	p.lock.Unlock()
	lock.Lock()
}

func (p *namedLocks) CheckOut(id string) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.locks[id].Unlock()
	if p.count[id] == 1 {
		delete(p.locks, id)
		delete(p.count, id)
	} else {
		p.count[id]--
	}
}

// Nobody unlocks these.
type shardLocks struct {
	shards map[string]*sync.Mutex
}

func (s *shardLocks) update(id string, apply func() error) error {
	shard := s.shards[id]
	shard.Lock() // want "`shard` may still be locked when `.*update` returns"
	if err := apply(); err != nil {
		return err
	}
	shard.Unlock()
	return nil
}
