package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// A factWriter makes the lines of `gdlint debug types` from what go/types recorded of one
// package.
type factWriter struct {
	fset  *token.FileSet
	names map[types.Type]string
	lines []string
}

// factLines returns the lines of a package, sorted bytewise.
func factLines(fset *token.FileSet, info *types.Info) []string {
	w := factWriter{fset: fset, names: map[types.Type]string{}}
	w.lines = make([]string, 0, len(info.Types)+len(info.Defs)+len(info.Uses)+len(info.Instances))
	for expr, value := range info.Types {
		w.expr(expr, value)
	}
	for id, object := range info.Defs {
		w.object("def", id, object)
	}
	for id, object := range info.Uses {
		w.object("use", id, object)
	}
	for id, instance := range info.Instances {
		w.instance(id, instance)
	}
	slices.Sort(w.lines)
	return w.lines
}

func (w *factWriter) add(fields ...string) {
	w.lines = append(w.lines, strings.Join(fields, "\t"))
}

func lineAndColumn(position token.Position) string {
	return strconv.Itoa(position.Line) + ":" + strconv.Itoa(position.Column)
}

// at is FILE:LINE:COL, or - for what is declared nowhere.
func (w *factWriter) at(pos token.Pos) string {
	if !pos.IsValid() {
		return "-"
	}
	position := w.fset.PositionFor(pos, false)
	return position.Filename + ":" + lineAndColumn(position)
}

func (w *factWriter) typeName(t types.Type) string {
	if t == nil {
		return "-"
	}
	name, found := w.names[t]
	if !found {
		name = types.TypeString(t, nil)
		w.names[t] = name
	}
	return name
}

func (w *factWriter) expr(expr ast.Expr, value types.TypeAndValue) {
	constant := "-"
	if value.Value != nil {
		constant = value.Value.ExactString()
	}
	end := w.fset.PositionFor(expr.End(), false)
	w.add("expr", w.at(expr.Pos())+"-"+lineAndColumn(end), mode(value), w.typeName(value.Type), constant)
}

func mode(value types.TypeAndValue) string {
	switch {
	case value.IsVoid():
		return "void"
	case value.IsType():
		return "type"
	case value.IsBuiltin():
		return "builtin"
	case value.IsNil():
		return "nil"
	case value.Value != nil:
		return "const"
	case value.Addressable():
		return "variable"
	case value.Assignable():
		return "mapindex"
	case value.HasOk():
		return "commaok"
	}
	return "value"
}

func (w *factWriter) object(fact string, id *ast.Ident, object types.Object) {
	declared := "-"
	if object != nil {
		declared = w.at(object.Pos())
	}
	w.add(fact, w.at(id.Pos()), kind(object), id.Name, declared)
}

func kind(object types.Object) string {
	switch object.(type) {
	case nil:
		return "none"
	case *types.Var:
		return "var"
	case *types.Func:
		return "func"
	case *types.TypeName:
		return "type"
	case *types.Const:
		return "const"
	case *types.PkgName:
		return "package"
	case *types.Label:
		return "label"
	case *types.Builtin:
		return "builtin"
	case *types.Nil:
		return "nil"
	}
	panic("an object of a kind that go/types did not have")
}

func (w *factWriter) instance(id *ast.Ident, instance types.Instance) {
	var args []string
	for arg := range instance.TypeArgs.Types() {
		args = append(args, w.typeName(arg))
	}
	w.add("inst", w.at(id.Pos()), strings.Join(args, ","), w.typeName(instance.Type))
}
