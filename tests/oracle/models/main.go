// Command models says what functions of the standard library are.
//
//	models < NAMES
//
// Each line of NAMES is a package and a function or `Type.Method`. For each it writes the two, and what the function
// takes and gives: a letter for each parameter, the receiver first (f a function, i an interface, o anything else), a dash, and a
// letter for each result (n for what has a nil, o for anything else). `missing` in place of it for what there is not.
package main

import (
	"bufio"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"log"
	"os"
	"strings"
)

// find returns the function or method of that name; methods may be promoted ones.
func find(pkg *types.Package, name string) *types.Func {
	typeName, method, ok := strings.Cut(name, ".")
	object := pkg.Scope().Lookup(typeName)
	if object == nil {
		return nil
	}
	if !ok {
		f, _ := object.(*types.Func)
		return f
	}
	found, _, _ := types.LookupFieldOrMethod(types.NewPointer(object.Type()), true, pkg, method)
	if found == nil {
		found, _, _ = types.LookupFieldOrMethod(object.Type(), true, pkg, method)
	}
	f, _ := found.(*types.Func)
	return f
}

func hasNil(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature, *types.Map, *types.Slice, *types.Chan:
		return true
	}
	return false
}

func shape(f *types.Func) string {
	signature := f.Type().(*types.Signature)
	var out strings.Builder
	if signature.Recv() != nil {
		out.WriteByte('o')
	}
	for i := range signature.Params().Len() {
		t := signature.Params().At(i).Type()
		if parameter, ok := t.(*types.TypeParam); ok {
			t = parameter.Constraint()
		}
		switch t.Underlying().(type) {
		case *types.Signature:
			out.WriteByte('f')
		case *types.Interface:
			out.WriteByte('i')
		default:
			out.WriteByte('o')
		}
	}
	out.WriteByte('-')
	for i := range signature.Results().Len() {
		if hasNil(signature.Results().At(i).Type()) {
			out.WriteByte('n')
		} else {
			out.WriteByte('o')
		}
	}
	return out.String()
}

func main() {
	log.SetFlags(0)
	from := importer.ForCompiler(token.NewFileSet(), "source", nil)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		path, name, _ := strings.Cut(lines.Text(), " ")
		pkg, err := from.Import(path)
		if err != nil {
			log.Fatal(err)
		}
		if f := find(pkg, name); f != nil {
			fmt.Println(path, name, shape(f))
		} else {
			fmt.Println(path, name, "missing")
		}
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
}
