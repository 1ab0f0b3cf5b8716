// Command constants evaluates programs with go/constant: it reads one a line
// from standard input, and writes each with what it comes to. The language is
// that of tests/unit/types/constant_replay.h.
package main

import (
	"bufio"
	"fmt"
	"go/constant"
	"go/token"
	"hash/fnv"
	"math"
	"os"
	"strconv"
	"strings"
)

var literals = map[string]token.Token{
	"int": token.INT, "float": token.FLOAT, "imag": token.IMAG,
	"char": token.CHAR, "string": token.STRING,
}

var binary = map[string]token.Token{
	"+": token.ADD, "-": token.SUB, "*": token.MUL, "/": token.QUO,
	"div": token.QUO_ASSIGN, "%": token.REM, "&": token.AND, "|": token.OR,
	"^": token.XOR, "&^": token.AND_NOT, "&&": token.LAND, "||": token.LOR,
}

var comparison = map[string]token.Token{
	"==": token.EQL, "!=": token.NEQ, "<": token.LSS, "<=": token.LEQ,
	">": token.GTR, ">=": token.GEQ,
}

var unary = map[string]token.Token{
	"pos": token.ADD, "neg": token.SUB, "not": token.NOT, "com": token.XOR,
}

var conversion = map[string]func(constant.Value) constant.Value{
	"toint": constant.ToInt, "tofloat": constant.ToFloat,
	"tocomplex": constant.ToComplex, "real": constant.Real,
	"imagpart": constant.Imag, "makeimag": constant.MakeImag,
	"round32": func(x constant.Value) constant.Value {
		return round(x, func(x constant.Value) float64 {
			f, _ := constant.Float32Val(x)
			return float64(f)
		})
	},
	"round64": func(x constant.Value) constant.Value {
		return round(x, func(x constant.Value) float64 {
			f, _ := constant.Float64Val(x)
			return f
		})
	},
}

// round does what go/types does to fit a constant into a floating-point type.
func round(x constant.Value, native func(constant.Value) float64) constant.Value {
	switch x.Kind() {
	case constant.Unknown:
		return x
	case constant.Complex:
		re := round(constant.Real(x), native)
		im := round(constant.Imag(x), native)
		return constant.BinaryOp(re, token.ADD, constant.MakeImag(im))
	}
	return constant.MakeFloat64(native(x))
}

func number(argument string, base int) uint64 {
	n, err := strconv.ParseUint(argument, base, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// step runs one word. What go/constant panics about is unknown, and an
// undefined comparison is false.
func step(word string, stack []constant.Value) (result []constant.Value) {
	name, argument, _ := strings.Cut(word, ":")
	operands := 0
	push := func(x constant.Value) []constant.Value {
		return append(stack[:len(stack)-operands:len(stack)-operands], x)
	}
	failure := constant.MakeUnknown()
	defer func() {
		if problem := recover(); problem != nil {
			result = push(failure)
		}
	}()
	// go/constant does not say what it makes of a string and a number, and so on.
	class := func(x constant.Value) constant.Kind {
		return min(x.Kind(), constant.Int)
	}
	top := func() constant.Value { return stack[len(stack)-1] }
	below := func() constant.Value { return stack[len(stack)-2] }
	if tok, ok := literals[name]; ok {
		// The compilers have an error for longer ones.
		if tok <= token.IMAG && len(argument) > 10_000 {
			return push(failure)
		}
		return push(constant.MakeFromLiteral(argument, tok, 0))
	}
	if tok, ok := binary[name]; ok {
		operands = 2
		if class(top()) != class(below()) {
			return push(failure)
		}
		isInt := top().Kind() == constant.Int && below().Kind() == constant.Int
		if tok == token.QUO_ASSIGN && !isInt {
			tok = token.QUO
		}
		return push(constant.BinaryOp(below(), tok, top()))
	}
	if tok, ok := comparison[name]; ok {
		operands, failure = 2, constant.MakeBool(false)
		if class(top()) != class(below()) {
			return push(failure)
		}
		return push(constant.MakeBool(constant.Compare(below(), tok, top())))
	}
	switch name {
	case "bool":
		return push(constant.MakeBool(argument == "true"))
	case "unknown":
		return push(constant.MakeUnknown())
	case "u64":
		return push(constant.MakeUint64(number(argument, 10)))
	case "f64":
		return push(constant.MakeFloat64(math.Float64frombits(number(argument, 16))))
	case "dup":
		return append(stack, top())
	}
	operands = 1
	if convert, ok := conversion[name]; ok {
		return push(convert(top()))
	}
	if tok, ok := unary[name]; ok {
		bits := uint64(0)
		if argument != "" {
			bits = number(argument, 10)
		}
		return push(constant.UnaryOp(tok, top(), uint(bits)))
	}
	switch name {
	case "shl":
		return push(constant.Shift(top(), token.SHL, uint(number(argument, 10))))
	case "shr":
		return push(constant.Shift(top(), token.SHR, uint(number(argument, 10))))
	}
	fmt.Fprintln(os.Stderr, "no word", word)
	os.Exit(2)
	return nil
}

// text shortens what is long to its length and a hash.
func text(s string) string {
	if len(s) <= 160 {
		return s
	}
	hash := fnv.New64a()
	hash.Write([]byte(s))
	return fmt.Sprintf("#%d:%016x", len(s), hash.Sum64())
}

func describe(x constant.Value) string {
	fields := []string{x.Kind().String(), text(x.ExactString()), text(x.String())}
	add := func(format string, args ...any) {
		fields = append(fields, fmt.Sprintf(format, args...))
	}
	switch x.Kind() {
	case constant.String:
		add("size=%d", len(constant.StringVal(x)))
	case constant.Int:
		i, iok := constant.Int64Val(x)
		u, uok := constant.Uint64Val(x)
		if !iok {
			i = 0
		}
		if !uok {
			u = 0
		}
		add("bits=%d i64=%d,%t u64=%d,%t", constant.BitLen(x), i, iok, u, uok)
	}
	switch x.Kind() {
	case constant.Int, constant.Float:
		f64, _ := constant.Float64Val(x)
		f32, _ := constant.Float32Val(x)
		add("f64=%x f32=%x", math.Float64bits(f64), math.Float32bits(f32))
		fallthrough
	case constant.Complex:
		add("sign=%d", constant.Sign(x))
	}
	return strings.Join(fields, "\t")
}

func main() {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSuffix(line, "\n")
		var stack []constant.Value
		for _, word := range strings.Split(line, " ") {
			stack = step(word, stack)
		}
		fmt.Fprintf(out, "%s\t%s\n", line, describe(stack[len(stack)-1]))
	}
}
