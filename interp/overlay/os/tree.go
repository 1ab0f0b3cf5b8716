package os

import (
	"errors"
	"io"
	"io/fs"
	"sort"
	"sync"
	"syscall"
	"time"
)

// node is a file or a directory.
type node struct {
	mode     FileMode
	data     []byte
	children map[string]*node
	target   string
	modified time.Time
	isNull   bool
}

func newDir(perm FileMode) *node {
	return &node{mode: ModeDir | perm&ModePerm, children: map[string]*node{}, modified: time.Now()}
}

// The tree at the start: what nearly every system has.
var root = func() *node {
	r := newDir(0755)
	for _, name := range []string{"dev", "etc", "home", "tmp", "usr", "var", "work"} {
		r.children[name] = newDir(0755)
	}
	r.children["tmp"].mode = ModeDir | ModeSticky | 0777
	r.children["dev"].children["null"] = &node{mode: ModeDevice | ModeCharDevice | 0666, isNull: true}
	return r
}()

var workingDir = "/work"

func (n *node) isDir() bool { return n.mode&ModeDir != 0 }

func (n *node) readAt(b []byte, off int64) int {
	if off >= int64(len(n.data)) {
		return 0
	}
	return copy(b, n.data[off:])
}

func (n *node) writeAt(b []byte, off int64) {
	if n.isNull {
		return
	}
	if end := off + int64(len(b)); end > int64(len(n.data)) {
		n.truncate(end)
	}
	copy(n.data[off:], b)
	n.modified = time.Now()
}

func (n *node) truncate(size int64) {
	if size <= int64(len(n.data)) {
		n.data = n.data[:size]
	} else {
		n.data = append(n.data, make([]byte, size-int64(len(n.data)))...)
	}
	n.modified = time.Now()
}

func (n *node) stat(name string) *fileStat {
	size := int64(len(n.data))
	if n.isDir() {
		size = 4096
	}
	return &fileStat{name, size, n.mode, n.modified, n}
}

func (n *node) list() []DirEntry {
	var names []string
	for name := range n.children {
		names = append(names, name)
	}
	sort.Strings(names)
	var out []DirEntry
	for _, name := range names {
		out = append(out, fs.FileInfoToDirEntry(n.children[name].stat(name)))
	}
	return out
}

type fileStat struct {
	name     string
	size     int64
	mode     FileMode
	modified time.Time
	node     *node
}

func (s *fileStat) Name() string       { return s.name }
func (s *fileStat) Size() int64        { return s.size }
func (s *fileStat) Mode() FileMode     { return s.mode }
func (s *fileStat) ModTime() time.Time { return s.modified }
func (s *fileStat) IsDir() bool        { return s.mode.IsDir() }
func (s *fileStat) Sys() any           { return nil }

// SameFile tells if both describe the same file.
func SameFile(a, b FileInfo) bool {
	x, ok := a.(*fileStat)
	y, ok2 := b.(*fileStat)
	return ok && ok2 && x.node != nil && x.node == y.node
}

func basename(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' && i+1 < len(name) {
			return name[i+1:]
		}
	}
	return name
}

// elements are the names on the way from the root.
func elements(name string) []string {
	if len(name) > 0 && name[0] != '/' {
		name = workingDir + "/" + name
	}
	var out []string
	begin := 0
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			continue
		}
		switch part := name[begin:i]; part {
		case "", ".":
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
		default:
			out = append(out, part)
		}
		begin = i + 1
	}
	return out
}

// walk finds the directory that `name` is in, its last element, and what is
// there, if anything; the root has no last element.
func walk(name string, follow bool, links int) (dir *node, last string, found *node, err error) {
	if name == "" {
		return nil, "", nil, syscall.ENOENT
	}
	if links > 40 {
		return nil, "", nil, syscall.ELOOP
	}
	at := root
	parts := elements(name)
	for i, part := range parts {
		if !at.isDir() {
			return nil, "", nil, syscall.ENOTDIR
		}
		next := at.children[part]
		isLast := i+1 == len(parts)
		if next != nil && next.mode&ModeSymlink != 0 && (follow || !isLast) {
			target := next.target
			if len(target) == 0 || target[0] != '/' {
				target = "/" + join(parts[:i]) + "/" + target
			}
			for _, rest := range parts[i+1:] {
				target += "/" + rest
			}
			return walk(target, follow, links+1)
		}
		if isLast {
			return at, part, next, nil
		}
		if next == nil {
			return nil, "", nil, syscall.ENOENT
		}
		at = next
	}
	return nil, "", root, nil
}

func join(parts []string) string {
	out := ""
	for i, part := range parts {
		if i > 0 {
			out += "/"
		}
		out += part
	}
	return out
}

func find(name string, follow bool) (*node, error) {
	_, _, n, err := walk(name, follow, 0)
	if err == nil && n == nil {
		err = syscall.ENOENT
	}
	return n, err
}

func openNode(name string, flag int, perm FileMode) (*node, error) {
	dir, last, n, err := walk(name, true, 0)
	if err != nil {
		return nil, err
	}
	if n == nil {
		if flag&O_CREATE == 0 {
			return nil, syscall.ENOENT
		}
		n = &node{mode: perm & ModePerm &^ 022, modified: time.Now()}
		dir.children[last] = n
		return n, nil
	}
	if flag&O_CREATE != 0 && flag&O_EXCL != 0 {
		return nil, syscall.EEXIST
	}
	if n.isDir() && flag&(O_WRONLY|O_RDWR|O_CREATE) != 0 {
		return nil, syscall.EISDIR
	}
	if flag&O_TRUNC != 0 && !n.isNull {
		n.truncate(0)
	}
	return n, nil
}

func pathError(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &PathError{Op: op, Path: name, Err: err}
}

func Stat(name string) (FileInfo, error) {
	n, err := find(name, true)
	if err != nil {
		return nil, pathError("stat", name, err)
	}
	return n.stat(basename(name)), nil
}

func Lstat(name string) (FileInfo, error) {
	n, err := find(name, false)
	if err != nil {
		return nil, pathError("lstat", name, err)
	}
	return n.stat(basename(name)), nil
}

func Mkdir(name string, perm FileMode) error {
	dir, last, n, err := walk(name, true, 0)
	if err == nil && n != nil {
		err = syscall.EEXIST
	}
	if err == nil {
		dir.children[last] = newDir(perm &^ 022)
	}
	return pathError("mkdir", name, err)
}

func MkdirAll(path string, perm FileMode) error {
	parts := elements(path)
	for i := range parts {
		name := "/" + join(parts[:i+1])
		if n, err := find(name, true); err == nil {
			if !n.isDir() {
				return pathError("mkdir", name, syscall.ENOTDIR)
			}
			continue
		}
		if err := Mkdir(name, perm); err != nil {
			return err
		}
	}
	return nil
}

func Remove(name string) error {
	dir, last, n, err := walk(name, false, 0)
	switch {
	case err != nil:
	case n == nil:
		err = syscall.ENOENT
	case dir == nil:
		err = syscall.EBUSY
	case n.isDir() && len(n.children) > 0:
		err = syscall.ENOTEMPTY
	default:
		delete(dir.children, last)
	}
	return pathError("remove", name, err)
}

func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	dir, last, n, err := walk(path, false, 0)
	if err == nil && n != nil && dir != nil {
		delete(dir.children, last)
	}
	return nil
}

func Rename(oldpath, newpath string) error {
	from, oldLast, n, err := walk(oldpath, false, 0)
	if err == nil && n == nil {
		err = syscall.ENOENT
	}
	if err == nil {
		to, newLast, there, err2 := walk(newpath, false, 0)
		switch err = err2; {
		case err != nil:
		case to == nil || there != nil && there.isDir() && !n.isDir():
			err = syscall.EEXIST
		default:
			delete(from.children, oldLast)
			to.children[newLast] = n
		}
	}
	if err != nil {
		return &LinkError{"rename", oldpath, newpath, err}
	}
	return nil
}

func Link(oldname, newname string) error {
	n, err := find(oldname, false)
	if err == nil {
		dir, last, there, err2 := walk(newname, false, 0)
		if err = err2; err == nil && there != nil {
			err = syscall.EEXIST
		}
		if err == nil {
			dir.children[last] = n
		}
	}
	if err != nil {
		return &LinkError{"link", oldname, newname, err}
	}
	return nil
}

func Symlink(oldname, newname string) error {
	dir, last, there, err := walk(newname, false, 0)
	if err == nil && there != nil {
		err = syscall.EEXIST
	}
	if err != nil {
		return &LinkError{"symlink", oldname, newname, err}
	}
	dir.children[last] = &node{mode: ModeSymlink | 0777, target: oldname, modified: time.Now()}
	return nil
}

func Readlink(name string) (string, error) {
	n, err := find(name, false)
	if err == nil && n.mode&ModeSymlink == 0 {
		err = syscall.EINVAL
	}
	if err != nil {
		return "", pathError("readlink", name, err)
	}
	return n.target, nil
}

func Truncate(name string, size int64) error {
	n, err := find(name, true)
	if err == nil && (n.isDir() || size < 0) {
		err = syscall.EINVAL
	}
	if err == nil {
		n.truncate(size)
	}
	return pathError("truncate", name, err)
}

func Chmod(name string, mode FileMode) error {
	n, err := find(name, true)
	if err == nil {
		n.mode = n.mode&^ModePerm | mode&ModePerm
	}
	return pathError("chmod", name, err)
}

func Chown(name string, uid, gid int) error {
	_, err := find(name, true)
	return pathError("chown", name, err)
}

func Lchown(name string, uid, gid int) error {
	_, err := find(name, false)
	return pathError("lchown", name, err)
}

func Chtimes(name string, atime time.Time, mtime time.Time) error {
	n, err := find(name, true)
	if err == nil && !mtime.IsZero() {
		n.modified = mtime
	}
	return pathError("chtimes", name, err)
}

func Chdir(dir string) error {
	n, err := find(dir, true)
	if err == nil && !n.isDir() {
		err = syscall.ENOTDIR
	}
	if err == nil {
		workingDir = "/" + join(elements(dir))
	}
	return pathError("chdir", dir, err)
}

func Getwd() (dir string, err error) { return workingDir, nil }

func ReadDir(name string) ([]DirEntry, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err1 := f.Close(); err == nil {
		err = err1
	}
	return err
}

// temporary calls try with names made of the pattern until one is free.
func temporary(op, dir, pattern string, try func(name string) error) (string, error) {
	if dir == "" {
		dir = TempDir()
	}
	prefix, suffix := pattern, ""
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '/' {
			return "", pathError(op, pattern, errors.New("pattern contains path separator"))
		}
	}
	for i := len(pattern) - 1; i >= 0; i-- {
		if pattern[i] == '*' {
			prefix, suffix = pattern[:i], pattern[i+1:]
			break
		}
	}
	for {
		lastTemporary = lastTemporary*1103515245 + 12345
		name := dir + "/" + prefix + decimal(uint64(lastTemporary)) + suffix
		err := try(name)
		if !IsExist(err) {
			return name, err
		}
	}
}

var lastTemporary uint32 = 1

func decimal(n uint64) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + string(rune('0'+n%10))
}

func CreateTemp(dir, pattern string) (f *File, err error) {
	_, err = temporary("createtemp", dir, pattern, func(name string) (err error) {
		f, err = OpenFile(name, O_RDWR|O_CREATE|O_EXCL, 0600)
		return err
	})
	return f, err
}

func MkdirTemp(dir, pattern string) (string, error) {
	name, err := temporary("mkdirtemp", dir, pattern, func(name string) error {
		return Mkdir(name, 0700)
	})
	if err != nil {
		return "", err
	}
	return name, nil
}

func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		if _, err := find(dir, true); err == nil {
			return dir
		}
	}
	return "/tmp"
}

// DirFS is the tree below a directory.
func DirFS(dir string) fs.FS { return dirFS(dir) }

type dirFS string

func (d dirFS) join(op, name string) (string, error) {
	if !fs.ValidPath(name) {
		return "", pathError(op, name, ErrInvalid)
	}
	return string(d) + "/" + name, nil
}

func (d dirFS) Open(name string) (fs.File, error) {
	path, err := d.join("open", name)
	if err != nil {
		return nil, err
	}
	f, err := Open(path)
	if err != nil {
		err.(*PathError).Path = name
		return nil, err
	}
	return f, nil
}

func (d dirFS) ReadFile(name string) ([]byte, error) {
	path, err := d.join("readfile", name)
	if err != nil {
		return nil, err
	}
	return ReadFile(path)
}

func (d dirFS) ReadDir(name string) ([]DirEntry, error) {
	path, err := d.join("readdir", name)
	if err != nil {
		return nil, err
	}
	return ReadDir(path)
}

func (d dirFS) Stat(name string) (fs.FileInfo, error) {
	path, err := d.join("stat", name)
	if err != nil {
		return nil, err
	}
	return Stat(path)
}

// pipe is what Pipe's files share.
type pipe struct {
	mu            sync.Mutex
	changed       *sync.Cond
	data          []byte
	noReader      bool
	noWriter      bool
}

const pipeSize = 65536

func newPipe() *pipe {
	p := &pipe{}
	p.changed = sync.NewCond(&p.mu)
	return p
}

func (p *pipe) close(writer bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if writer {
		p.noWriter = true
	} else {
		p.noReader = true
	}
	p.changed.Broadcast()
}

func (p *pipe) read(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.data) == 0 && !p.noWriter && len(b) > 0 {
		p.changed.Wait()
	}
	n := copy(b, p.data)
	p.data = p.data[n:]
	p.changed.Broadcast()
	if n == 0 && len(b) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (p *pipe) write(b []byte) (n int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(b) > 0 {
		if p.noReader {
			return n, syscall.EPIPE
		}
		if room := pipeSize - len(p.data); room > 0 {
			part := b[:min(room, len(b))]
			p.data = append(p.data, part...)
			b = b[len(part):]
			n += len(part)
			p.changed.Broadcast()
			continue
		}
		p.changed.Wait()
	}
	return n, nil
}
