package main

import (
	"bufio"
	"go/ast"
	"go/token"
	"reflect"
	"strconv"
)

// dumpAST prints the tree of a file that parses: its package clause, then a line
// for each node. docs/decisions/0007-ast-dump.md has the format.
func dumpAST(out *bufio.Writer, path string, text []byte) {
	out.WriteString("# " + path + "\n")
	file, tree, err := parse(path, text)
	if err != nil {
		out.WriteString("error\n")
		return
	}
	out.WriteString("package " + tree.Name.Name + " ")
	out.Write(appendPlace(nil, file, tree.Name.Pos()))
	out.WriteByte('\n')
	printer := nodePrinter{out: out, file: file}
	for _, decl := range tree.Decls {
		printer.print(decl)
	}
}

type nodePrinter struct {
	out  *bufio.Writer
	file *token.File
	line []byte
}

func (p *nodePrinter) print(root ast.Node) {
	depth := 0
	ast.Inspect(root, func(node ast.Node) bool {
		switch node.(type) {
		case nil:
			depth--
			return false
		case *ast.Comment, *ast.CommentGroup:
			return false
		}
		p.printNode(node, depth)
		depth++
		return true
	})
}

func (p *nodePrinter) printNode(node ast.Node, depth int) {
	line := p.line[:0]
	for range depth {
		line = append(line, ' ', ' ')
	}
	line = append(line, reflect.TypeOf(node).Elem().Name()...)
	line = append(line, ' ')
	line = appendPlace(line, p.file, node.Pos())
	line = append(line, '-')
	line = appendPlace(line, p.file, node.End())
	line = appendAttributes(line, node)
	line = append(line, '\n')
	p.out.Write(line)
	p.line = line
}

// appendAttributes appends what a node says besides its place and its children,
// each attribute after a space.
func appendAttributes(line []byte, node ast.Node) []byte {
	word := func(text string) []byte {
		line = append(line, ' ')
		return append(line, text...)
	}
	flag := func(holds bool, text string) []byte {
		if holds {
			return word(text)
		}
		return line
	}
	switch node := node.(type) {
	case *ast.Ident:
		return word(node.Name)
	case *ast.BasicLit:
		line = word(node.Kind.String())
		return strconv.AppendQuote(append(line, ' '), node.Value)
	case *ast.UnaryExpr:
		return word(node.Op.String())
	case *ast.BinaryExpr:
		return word(node.Op.String())
	case *ast.IncDecStmt:
		return word(node.Tok.String())
	case *ast.AssignStmt:
		return word(node.Tok.String())
	case *ast.BranchStmt:
		return word(node.Tok.String())
	case *ast.GenDecl:
		return word(node.Tok.String())
	case *ast.RangeStmt:
		return word(node.Tok.String())
	case *ast.ChanType:
		return word(directions[node.Dir])
	case *ast.CallExpr:
		return flag(node.Ellipsis.IsValid(), "...")
	case *ast.SliceExpr:
		return flag(node.Slice3, "3")
	case *ast.EmptyStmt:
		return flag(node.Implicit, "implicit")
	case *ast.TypeSpec:
		return flag(node.Assign.IsValid(), "=")
	}
	return line
}

var directions = map[ast.ChanDir]string{
	ast.SEND | ast.RECV: "both",
	ast.SEND:            "send",
	ast.RECV:            "recv",
}
