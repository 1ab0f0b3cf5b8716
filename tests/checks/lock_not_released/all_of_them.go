package allofthem

import "sync"

type process struct {
	mu   sync.Mutex
	done map[string]bool
}

func inSync(folder string, ps ...*process) bool {
	for _, p := range ps {
		p.mu.Lock()
	}
	defer func() {
		for _, p := range ps {
			p.mu.Unlock()
		}
	}()
	for i := range ps {
		if !ps[i].done[folder] {
			return false
		}
	}
	return true
}

func forgets(ps []*process) bool {
	for _, p := range ps {
		p.mu.Lock() // want "may still be locked"
		if p.done == nil {
			return false
		}
		p.mu.Unlock()
	}
	return true
}
