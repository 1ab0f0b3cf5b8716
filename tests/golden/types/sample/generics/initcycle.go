package generics

var registry = map[string]func() any{
	"a": func() any { return Zero[Stack[int]]() },
	"b": make3[string],
}

func make3[T any]() any { return new(T) }

var size = len(Keys(registry))

type Handler[Req, Resp any] func(Req) (Resp, error)

func (h Handler[Req, Resp]) Wrap(before func(Req) Req) Handler[Req, Resp] {
	return func(r Req) (Resp, error) { return h(before(r)) }
}

func Chain[Req, Resp any](h Handler[Req, Resp], fs ...func(Req) Req) Handler[Req, Resp] {
	for _, f := range fs {
		h = h.Wrap(f)
	}
	return h
}

var chained = Chain(func(s string) (n int, err error) { return len(s), nil }, func(s string) string { return s + "x" })
var _, chainErr = chained("a")
