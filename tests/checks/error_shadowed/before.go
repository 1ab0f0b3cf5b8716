package before

import (
	"errors"
	"os"
)

type socket struct{ f *os.File }

func (s *socket) name() (string, error) {
	if s.f == nil {
		return "", errors.New("no file")
	}
	return s.f.Name(), nil
}

// Close wants to know how finding the name went: err is done with by then.
func (s *socket) Close() error {
	name, err := s.name()
	kept := ""
	if err == nil {
		kept = name
	}
	defer func() {
		if err == nil {
			os.Remove(kept)
		}
	}()
	return s.f.Close()
}

// CloseAll has looked at err, which is nil from then on.
func (s *socket) CloseAll() error {
	name, err := s.name()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil { // want "`err`"
			os.Remove(name)
		}
	}()
	return s.f.Close()
}
