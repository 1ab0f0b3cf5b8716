package undone

import "os"

type entry struct{ name, old string }

func (e *entry) set(name string) error { e.name = name; return failure }

var failure error

// What is deferred takes back all that was done, if the whole has failed.
func renameAll(entries []*entry, name string) (err error) {
	for _, e := range entries {
		old := e.name
		if err := e.set(name); err != nil {
			return err
		}
		defer func(e *entry, old string) {
			if err == nil {
				return
			}
			_ = e.set(old)
			e.old = ""
		}(e, old)
	}
	return nil
}

func readAll(names []string, verbose bool) error {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer func() { // want "deferred in a loop"
			println(name)
			if verbose {
				return
			}
			f.Close()
		}()
	}
	return nil
}
