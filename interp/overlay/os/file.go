// Package os, with files that exist only in the memory of the running program.
package os

import (
	"errors"
	"internal/runtype"
	"internal/testlog"
	"io"
	"io/fs"
	"syscall"
	"time"
)

const (
	O_RDONLY int = syscall.O_RDONLY
	O_WRONLY int = syscall.O_WRONLY
	O_RDWR   int = syscall.O_RDWR
	O_APPEND int = syscall.O_APPEND
	O_CREATE int = syscall.O_CREAT
	O_EXCL   int = syscall.O_EXCL
	O_SYNC   int = syscall.O_SYNC
	O_TRUNC  int = syscall.O_TRUNC

	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2

	PathSeparator     = '/'
	PathListSeparator = ':'
	DevNull           = "/dev/null"
)

type (
	DirEntry  = fs.DirEntry
	FileInfo  = fs.FileInfo
	FileMode  = fs.FileMode
	PathError = fs.PathError
)

const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)

var (
	ErrInvalid          = fs.ErrInvalid
	ErrPermission       = fs.ErrPermission
	ErrExist            = fs.ErrExist
	ErrNotExist         = fs.ErrNotExist
	ErrClosed           = fs.ErrClosed
	ErrNoDeadline       = errors.New("file type does not support deadline")
	ErrDeadlineExceeded = error(&deadlineExceeded{})
	ErrProcessDone      = errors.New("os: process already finished")
)

type deadlineExceeded struct{}

func (*deadlineExceeded) Error() string   { return "i/o timeout" }
func (*deadlineExceeded) Timeout() bool   { return true }
func (*deadlineExceeded) Temporary() bool { return true }

// SyscallError is an error of a system call.
type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }
func (e *SyscallError) Unwrap() error { return e.Err }
func (e *SyscallError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

func NewSyscallError(syscall string, err error) error {
	if err == nil {
		return nil
	}
	return &SyscallError{syscall, err}
}

// LinkError is an error of what takes two paths.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

func (e *LinkError) Error() string { return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error() }
func (e *LinkError) Unwrap() error { return e.Err }

func underlying(err error) error {
	switch e := err.(type) {
	case *PathError:
		return e.Err
	case *LinkError:
		return e.Err
	case *SyscallError:
		return e.Err
	}
	return err
}

func is(err, target error) bool {
	err = underlying(err)
	if err == target {
		return true
	}
	e, ok := err.(syscall.Errno)
	return ok && e.Is(target)
}

func IsExist(err error) bool      { return is(err, ErrExist) }
func IsNotExist(err error) bool   { return is(err, ErrNotExist) }
func IsPermission(err error) bool { return is(err, ErrPermission) }
func IsTimeout(err error) bool {
	t, ok := underlying(err).(interface{ Timeout() bool })
	return ok && t.Timeout()
}
func IsPathSeparator(c uint8) bool { return c == '/' }

// File is an open file.
type File struct {
	*file
}

type file struct {
	name   string
	closed bool
	fd     uintptr
	// One of the standard streams if null.
	node     *node
	flag     int
	at       int64
	listed   int
	pipe     *pipe
	writes   bool
	resource uint64
}

var (
	Stdin  = NewFile(0, "/dev/stdin")
	Stdout = NewFile(1, "/dev/stdout")
	Stderr = NewFile(2, "/dev/stderr")
)

var lastFd uintptr = 2

// NewFile knows the three standard descriptors.
func NewFile(fd uintptr, name string) *File {
	if fd > 2 {
		return &File{&file{name: name, fd: fd, closed: true}}
	}
	return &File{&file{name: name, fd: fd}}
}

func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

func Create(name string) (*File, error) {
	return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666)
}

func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	testlog.Open(name)
	n, err := openNode(name, flag, perm)
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	lastFd++
	f := &File{&file{name: name, fd: lastFd, node: n, flag: flag}}
	f.resource = runtype.Opened("file", name)
	return f, nil
}

func (f *File) check(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed {
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

func (f *File) fail(op string, err error) error {
	return &PathError{Op: op, Path: f.name, Err: err}
}

func (f *File) Name() string {
	if f == nil {
		panic("invalid memory address or nil pointer dereference")
	}
	return f.name
}

func (f *File) Fd() uintptr {
	if f == nil {
		return ^(uintptr(0))
	}
	return f.fd
}

func (f *File) Close() error {
	if err := f.check("close"); err != nil {
		return err
	}
	f.closed = true
	if f.pipe != nil {
		f.pipe.close(f.writes)
	}
	if f.node != nil || f.pipe != nil {
		runtype.Closed(f.resource, "file", f.name)
	}
	return nil
}

func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if f.pipe != nil {
		if f.writes {
			return 0, f.fail("read", syscall.EBADF)
		}
		return f.pipe.read(b)
	}
	if f.node == nil {
		if f.fd != 0 {
			return 0, f.fail("read", syscall.EBADF)
		}
		n, err = syscall.Read(0, b)
		if err != nil {
			return 0, f.fail("read", err)
		}
	} else {
		if f.flag&(O_WRONLY|O_RDWR) == O_WRONLY {
			return 0, f.fail("read", syscall.EBADF)
		}
		if f.node.isDir() {
			return 0, f.fail("read", syscall.EISDIR)
		}
		n = f.node.readAt(b, f.at)
		f.at += int64(n)
	}
	if n == 0 && len(b) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, f.fail("readat", errors.New("negative offset"))
	}
	if f.node == nil {
		return 0, f.fail("read", syscall.ESPIPE)
	}
	n = f.node.readAt(b, off)
	if n < len(b) {
		err = io.EOF
	}
	return n, err
}

func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.pipe != nil {
		if !f.writes {
			return 0, f.fail("write", syscall.EBADF)
		}
		n, err = f.pipe.write(b)
		if err != nil {
			err = f.fail("write", err)
		}
		return n, err
	}
	if f.node == nil {
		n, err = syscall.Write(int(f.fd), b)
		if err != nil {
			return 0, f.fail("write", err)
		}
		return n, nil
	}
	if f.flag&(O_WRONLY|O_RDWR) == 0 {
		return 0, f.fail("write", syscall.EBADF)
	}
	if f.flag&O_APPEND != 0 {
		f.at = int64(len(f.node.data))
	}
	f.node.writeAt(b, f.at)
	f.at += int64(len(b))
	return len(b), nil
}

func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.flag&O_APPEND != 0 {
		return 0, errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	}
	if off < 0 {
		return 0, f.fail("writeat", errors.New("negative offset"))
	}
	if f.node == nil || f.flag&(O_WRONLY|O_RDWR) == 0 {
		return 0, f.fail("write", syscall.EBADF)
	}
	f.node.writeAt(b, off)
	return len(b), nil
}

func (f *File) WriteString(s string) (n int, err error) { return f.Write([]byte(s)) }

func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	return io.Copy(onlyWriter{f}, r)
}

func (f *File) WriteTo(w io.Writer) (n int64, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	return io.Copy(w, onlyReader{f})
}

type onlyWriter struct{ io.Writer }
type onlyReader struct{ io.Reader }

func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.check("seek"); err != nil {
		return 0, err
	}
	if f.node == nil {
		return 0, f.fail("seek", syscall.ESPIPE)
	}
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		offset += int64(len(f.node.data))
	}
	if offset < 0 {
		return 0, f.fail("seek", syscall.EINVAL)
	}
	f.at = offset
	f.listed = 0
	return offset, nil
}

func (f *File) Stat() (FileInfo, error) {
	if err := f.check("stat"); err != nil {
		return nil, err
	}
	if f.node == nil {
		mode := ModeDevice | ModeCharDevice | 0620
		if f.pipe != nil {
			mode = ModeNamedPipe | 0600
		}
		return &fileStat{name: basename(f.name), mode: mode}, nil
	}
	return f.node.stat(basename(f.name)), nil
}

func (f *File) Sync() error {
	return f.check("sync")
}

func (f *File) Truncate(size int64) error {
	if err := f.check("truncate"); err != nil {
		return err
	}
	if f.node == nil || f.node.isDir() || size < 0 {
		return f.fail("truncate", syscall.EINVAL)
	}
	f.node.truncate(size)
	return nil
}

func (f *File) Chmod(mode FileMode) error {
	if err := f.check("chmod"); err != nil {
		return err
	}
	if f.node != nil {
		f.node.mode = f.node.mode&^ModePerm | mode&ModePerm
	}
	return nil
}

func (f *File) Chdir() error {
	if err := f.check("chdir"); err != nil {
		return err
	}
	return Chdir(f.name)
}

func (f *File) Chown(uid, gid int) error            { return f.check("chown") }
func (f *File) SetDeadline(t time.Time) error       { return f.deadline() }
func (f *File) SetReadDeadline(t time.Time) error   { return f.deadline() }
func (f *File) SetWriteDeadline(t time.Time) error  { return f.deadline() }
func (f *File) deadline() error {
	if err := f.check("set deadline"); err != nil {
		return err
	}
	return f.fail("set deadline", ErrNoDeadline)
}

func (f *File) SyscallConn() (syscall.RawConn, error) {
	if err := f.check("SyscallConn"); err != nil {
		return nil, err
	}
	return nil, f.fail("SyscallConn", syscall.ENOTSUP)
}

func (f *File) entries(n int) (list []DirEntry, err error) {
	if err := f.check("readdir"); err != nil {
		return nil, err
	}
	if f.node == nil || !f.node.isDir() {
		return nil, f.fail("readdirent", syscall.ENOTDIR)
	}
	list = f.node.list()
	list = list[min(f.listed, len(list)):]
	if n > 0 {
		if len(list) == 0 {
			return nil, io.EOF
		}
		list = list[:min(n, len(list))]
	}
	f.listed += len(list)
	return list, nil
}

func (f *File) ReadDir(n int) ([]DirEntry, error) { return f.entries(n) }

func (f *File) Readdir(n int) ([]FileInfo, error) {
	list, err := f.entries(n)
	var infos []FileInfo
	for _, e := range list {
		info, _ := e.Info()
		infos = append(infos, info)
	}
	return infos, err
}

func (f *File) Readdirnames(n int) (names []string, err error) {
	list, err := f.entries(n)
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names, err
}

// Pipe connects two files.
func Pipe() (r *File, w *File, err error) {
	p := newPipe()
	lastFd += 2
	r = &File{&file{name: "|0", fd: lastFd - 1, pipe: p}}
	w = &File{&file{name: "|1", fd: lastFd, pipe: p, writes: true}}
	r.resource = runtype.Opened("file", r.name)
	w.resource = runtype.Opened("file", w.name)
	return r, w, nil
}
