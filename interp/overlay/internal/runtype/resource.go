package runtype

// Opened and Closed tell an observer of the run about a stand-in for a file, a
// response or a handle; Opened gives its number.
func Opened(kind, name string) uint64
func Closed(id uint64, kind, name string)

// CannotRun ends the run: the interpreter cannot do what is asked for.
func CannotRun(what string)
