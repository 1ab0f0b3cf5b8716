// Package fsnotify has what the tests need of github.com/fsnotify/fsnotify.
package fsnotify

type Watcher struct{ n int }

func NewWatcher() (*Watcher, error)      { return &Watcher{}, nil }
func (w *Watcher) Add(name string) error { return nil }
func (w *Watcher) Close() error          { return nil }
