package sync

// HashTrieMap is a map that goroutines may share: here, a map under a lock.
// The order of insertion is kept for Range, which sees what others change.
type HashTrieMap[K comparable, V any] struct {
	mu      Mutex
	entries map[K]*mapEntry[K, V]
	first   *mapEntry[K, V]
	last    *mapEntry[K, V]
}

type mapEntry[K comparable, V any] struct {
	key     K
	value   V
	deleted bool
	// Of a deleted entry still the entry that came after it.
	next, previous *mapEntry[K, V]
}

func (m *HashTrieMap[K, V]) add(key K, value V) {
	if m.entries == nil {
		m.entries = make(map[K]*mapEntry[K, V])
	}
	e := &mapEntry[K, V]{key: key, value: value, previous: m.last}
	if m.last == nil {
		m.first = e
	} else {
		m.last.next = e
	}
	m.last = e
	m.entries[key] = e
}

func (m *HashTrieMap[K, V]) remove(e *mapEntry[K, V]) {
	delete(m.entries, e.key)
	e.deleted = true
	if e.previous == nil {
		m.first = e.next
	} else {
		e.previous.next = e.next
	}
	if e.next == nil {
		m.last = e.previous
	} else {
		e.next.previous = e.previous
	}
}

func (m *HashTrieMap[K, V]) Load(key K) (value V, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.entries[key]; e != nil {
		return e.value, true
	}
	return value, false
}

func (m *HashTrieMap[K, V]) LoadOrStore(key K, value V) (result V, loaded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.entries[key]; e != nil {
		return e.value, true
	}
	m.add(key, value)
	return value, false
}

func (m *HashTrieMap[K, V]) Store(key K, value V) { m.Swap(key, value) }

func (m *HashTrieMap[K, V]) Swap(key K, value V) (previous V, loaded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.entries[key]; e != nil {
		previous = e.value
		e.value = value
		return previous, true
	}
	m.add(key, value)
	return previous, false
}

func (m *HashTrieMap[K, V]) CompareAndSwap(key K, old, value V) (swapped bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.entries[key]
	if e == nil || any(e.value) != any(old) {
		return false
	}
	e.value = value
	return true
}

func (m *HashTrieMap[K, V]) LoadAndDelete(key K) (value V, loaded bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.entries[key]
	if e == nil {
		return value, false
	}
	m.remove(e)
	return e.value, true
}

func (m *HashTrieMap[K, V]) Delete(key K) { m.LoadAndDelete(key) }

func (m *HashTrieMap[K, V]) CompareAndDelete(key K, old V) (deleted bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.entries[key]
	if e == nil || any(e.value) != any(old) {
		return false
	}
	m.remove(e)
	return true
}

func (m *HashTrieMap[K, V]) Range(yield func(K, V) bool) {
	m.mu.Lock()
	e := m.first
	for e != nil {
		if e.deleted {
			e = e.next
			continue
		}
		key, value := e.key, e.value
		m.mu.Unlock()
		if !yield(key, value) {
			return
		}
		m.mu.Lock()
		e = e.next
	}
	m.mu.Unlock()
}

func (m *HashTrieMap[K, V]) All() func(yield func(K, V) bool) { return m.Range }

func (m *HashTrieMap[K, V]) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for e := m.first; e != nil; e = e.next {
		e.deleted = true
	}
	m.entries, m.first, m.last = nil, nil, nil
}
