package captured

import "sync"

type disk struct {
	readMu *sync.Mutex
	other  *disk
}

// The receiver is captured, and its field decides twice in each turn.
func (d *disk) walk(names []string, read func(string)) {
	var scan func(names []string)
	scan = func(names []string) {
		for _, name := range names {
			if d.readMu != nil {
				d.readMu.Lock()
			}
			read(name)
			if d.readMu != nil {
				d.readMu.Unlock()
			}
			scan(nil)
		}
	}
	scan(names)
}

// It is another disk's each time: nothing holds for it that held before.
func (d *disk) each(read func()) {
	at := d
	func() {
		for at != nil {
			if at.readMu != nil {
				at.readMu.Lock()
			}
			read()
			if at.readMu != nil {
				at.readMu.Unlock()
			}
			at = at.other
		}
	}()
}
