// Command std_api writes what packages of the standard library export, as Go files
// without function bodies: what type checking needs of them and no more.
//
//	std_api FOLDER [PACKAGE...]
//
// For each package it writes FOLDER/src/PACKAGE/api.go. Of packages that are only
// named after a dash (`-syscall:Exit,Kill`, with what is wanted of them), and of those that come in because others refer to
// them, just what is referred to is written.
package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// writer collects what is to be written.
type writer struct {
	wanted map[types.Object]bool
	queue  []types.Object
	byPath map[string]*types.Package
}

func (w *writer) want(obj types.Object) {
	if obj.Pkg() == nil || w.wanted[obj] {
		return
	}
	w.wanted[obj] = true
	w.queue = append(w.queue, obj)
	w.byPath[obj.Pkg().Path()] = obj.Pkg()
}

// visit wants every named type that a type is made of.
func (w *writer) visit(t types.Type, seen map[types.Type]bool) {
	if t == nil || seen[t] {
		return
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		w.want(t.Obj())
		for arg := range t.TypeArgs().Types() {
			w.visit(arg, seen)
		}
	case *types.Alias:
		w.want(t.Obj())
		w.visit(t.Rhs(), seen)
	case *types.TypeParam:
		w.visit(t.Constraint(), seen)
	case *types.Pointer:
		w.visit(t.Elem(), seen)
	case *types.Slice:
		w.visit(t.Elem(), seen)
	case *types.Array:
		w.visit(t.Elem(), seen)
	case *types.Chan:
		w.visit(t.Elem(), seen)
	case *types.Map:
		w.visit(t.Key(), seen)
		w.visit(t.Elem(), seen)
	case *types.Tuple:
		for v := range t.Variables() {
			w.visit(v.Type(), seen)
		}
	case *types.Signature:
		for p := range t.TypeParams().TypeParams() {
			w.visit(p, seen)
		}
		w.visit(t.Params(), seen)
		w.visit(t.Results(), seen)
	case *types.Struct:
		for f := range t.Fields() {
			if f.Exported() || f.Embedded() {
				w.visit(f.Type(), seen)
			}
		}
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			w.visit(m.Type(), seen)
		}
		for e := range t.EmbeddedTypes() {
			w.visit(e, seen)
		}
	case *types.Union:
		for term := range t.Terms() {
			w.visit(term.Type(), seen)
		}
	}
}

func (w *writer) closure() {
	for len(w.queue) > 0 {
		obj := w.queue[0]
		w.queue = w.queue[1:]
		seen := map[types.Type]bool{}
		if name, ok := obj.(*types.TypeName); ok && !name.IsAlias() {
			named := name.Type().(*types.Named)
			for p := range named.TypeParams().TypeParams() {
				w.visit(p, seen)
			}
			w.visit(named.Underlying(), seen)
			for m := range named.Methods() {
				if m.Exported() {
					w.visit(m.Type(), seen)
				}
			}
			continue
		}
		if alias, ok := obj.Type().(*types.Alias); ok {
			w.visit(alias.Rhs(), seen)
		}
		w.visit(obj.Type(), seen)
	}
}

// file is one package's text.
type file struct {
	pkg     *types.Package
	imports map[string]bool
	out     strings.Builder
}

func (f *file) qualify(p *types.Package) string {
	if p == f.pkg {
		return ""
	}
	f.imports[p.Path()] = true
	return p.Name()
}

func (f *file) typeText(t types.Type) string {
	switch t := t.(type) {
	case *types.Struct:
		return f.structText(t)
	case *types.Pointer:
		return "*" + f.typeText(t.Elem())
	}
	return types.TypeString(t, f.qualify)
}

// structText leaves out the fields that nobody outside can name, but keeps that
// there are some: such a struct cannot be converted or compared otherwise.
func (f *file) structText(t *types.Struct) string {
	var b strings.Builder
	b.WriteString("struct {\n")
	hidden := false
	for v := range t.Fields() {
		switch {
		case v.Embedded() && (v.Exported() || !ast.IsExported(v.Name())):
			if v.Exported() {
				fmt.Fprintf(&b, "\t%s\n", f.typeText(v.Type()))
			} else {
				hidden = true
			}
		case v.Exported():
			fmt.Fprintf(&b, "\t%s %s\n", v.Name(), f.typeText(v.Type()))
		default:
			hidden = true
		}
	}
	if hidden {
		b.WriteString("\thidden *int\n")
	}
	b.WriteString("}")
	return b.String()
}

func (f *file) typeParams(list *types.TypeParamList) string {
	if list.Len() == 0 {
		return ""
	}
	var parts []string
	for p := range list.TypeParams() {
		parts = append(parts, p.Obj().Name()+" "+f.typeText(p.Constraint()))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (f *file) signature(s *types.Signature) string {
	plain := types.NewSignatureType(nil, nil, nil, s.Params(), s.Results(), s.Variadic())
	return strings.TrimPrefix(types.TypeString(plain, f.qualify), "func")
}

func (f *file) object(obj types.Object) {
	switch obj := obj.(type) {
	case *types.Const:
		value := obj.Val().ExactString()
		basic, untyped := obj.Type().(*types.Basic)
		if untyped && basic.Info()&types.IsUntyped != 0 {
			fmt.Fprintf(&f.out, "const %s = %s\n", obj.Name(), value)
		} else {
			fmt.Fprintf(&f.out, "const %s %s = %s\n", obj.Name(), f.typeText(obj.Type()), value)
		}
	case *types.Var:
		fmt.Fprintf(&f.out, "var %s %s\n", obj.Name(), f.typeText(obj.Type()))
	case *types.Func:
		s := obj.Type().(*types.Signature)
		fmt.Fprintf(&f.out, "func %s%s%s\n", obj.Name(), f.typeParams(s.TypeParams()), f.signature(s))
	case *types.TypeName:
		f.typeName(obj)
	}
}

func (f *file) typeName(obj *types.TypeName) {
	if obj.IsAlias() {
		rhs := obj.Type()
		if alias, ok := rhs.(*types.Alias); ok {
			rhs = alias.Rhs()
		}
		fmt.Fprintf(&f.out, "type %s = %s\n", obj.Name(), f.typeText(rhs))
		return
	}
	named := obj.Type().(*types.Named)
	fmt.Fprintf(&f.out, "type %s%s %s\n", obj.Name(), f.typeParams(named.TypeParams()), f.typeText(named.Underlying()))
	promoted := types.NewMethodSet(types.NewPointer(named))
	for i := range promoted.Len() {
		m := promoted.At(i).Obj().(*types.Func)
		if _, isInterface := named.Underlying().(*types.Interface); isInterface || !m.Exported() {
			continue
		}
		// Through what is left out: as if declared.
		if len(promoted.At(i).Index()) > 1 && throughExported(named, promoted.At(i).Index()) {
			continue
		}
		f.method(named, m)
	}
}

// throughExported says whether a promoted method's path is there in the text.
func throughExported(named *types.Named, path []int) bool {
	t := named.Underlying()
	for _, i := range path[:len(path)-1] {
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem().Underlying()
		}
		s, ok := t.(*types.Struct)
		if !ok || !s.Field(i).Exported() {
			return false
		}
		t = s.Field(i).Type().Underlying()
	}
	return true
}

func (f *file) method(named *types.Named, m *types.Func) {
	s := m.Type().(*types.Signature)
	star := ""
	if _, ok := s.Recv().Type().(*types.Pointer); ok {
		star = "*"
	}
	params := ""
	if n := named.TypeParams().Len(); n > 0 {
		var names []string
		origin := s.RecvTypeParams()
		for i := range n {
			names = append(names, origin.At(i).Obj().Name())
		}
		params = "[" + strings.Join(names, ", ") + "]"
	}
	fmt.Fprintf(&f.out, "func (%s%s%s) %s%s\n", star, named.Obj().Name(), params, m.Name(), f.signature(s))
}

func (f *file) write(folder string) error {
	dir := filepath.Join(folder, "src", f.pkg.Path())
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "// Code generated by std_api. DO NOT EDIT.\n\npackage %s\n\n", f.pkg.Name())
	var paths []string
	for path := range f.imports {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		fmt.Fprintf(&b, "import %q\n", path)
	}
	b.WriteString("\n")
	b.WriteString(f.out.String())
	return os.WriteFile(filepath.Join(dir, "api.go"), []byte(b.String()), 0o666)
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: std_api FOLDER PACKAGE...")
	}
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	w := &writer{wanted: map[types.Object]bool{}, byPath: map[string]*types.Package{}}
	for _, path := range os.Args[2:] {
		name, only := strings.CutPrefix(path, "-")
		name, members, _ := strings.Cut(name, ":")
		if path == "unsafe" {
			continue
		}
		pkg, err := imp.Import(name)
		if err != nil {
			log.Fatal(err)
		}
		w.byPath[name] = pkg
		for _, n := range pkg.Scope().Names() {
			if !only && ast.IsExported(n) {
				w.want(pkg.Scope().Lookup(n))
			}
		}
		for member := range strings.SplitSeq(members, ",") {
			if obj := pkg.Scope().Lookup(member); obj != nil {
				w.want(obj)
			}
		}
	}
	w.closure()
	for _, pkg := range w.byPath {
		if pkg.Path() == "unsafe" {
			continue
		}
		f := &file{pkg: pkg, imports: map[string]bool{}}
		for _, name := range pkg.Scope().Names() {
			if obj := pkg.Scope().Lookup(name); w.wanted[obj] {
				f.object(obj)
			}
		}
		if err := f.write(os.Args[1]); err != nil {
			log.Fatal(err)
		}
	}
}
