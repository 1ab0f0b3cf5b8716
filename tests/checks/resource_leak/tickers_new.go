package p

import "time"

// From Go 1.23 on the collector takes back what nobody stops.
func beatNew(stop chan struct{}, f func()) {
	t := time.NewTicker(time.Second)
	for {
		select {
		case <-t.C:
			f()
		case <-stop:
			return
		}
	}
}
