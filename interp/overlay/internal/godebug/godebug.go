// Package godebug: no setting is ever changed.
package godebug

// Setting is a key of GODEBUG.
type Setting struct {
	name string
}

func New(name string) *Setting { return &Setting{name} }

func (s *Setting) Name() string {
	if s.name != "" && s.name[0] == '#' {
		return s.name[1:]
	}
	return s.name
}

func (s *Setting) Undocumented() bool { return s.name != "" && s.name[0] == '#' }
func (s *Setting) String() string     { return s.Name() + "=" + s.Value() }
func (s *Setting) Value() string      { return "" }
func (s *Setting) IncNonDefault()     {}
