package structs

type Record struct {
	ID      int               `json:"id" db:"pk"`
	Name    string            "plain \"tag\""
	Nested  struct{ A, B int } `json:",inline"`
	private *Record           `x:"\t"`
	Base    `json:"base"`
	_       [0]func()
	Fn      func(a int, b ...string) (c error) `raw`
}

type NoTags struct {
	ID      int
	Name    string
	Nested  struct{ A, B int }
	private *Record
	Base
	_  [0]func()
	Fn func(a int, b ...string) (c error)
}

func retag(n NoTags) Record { return Record(n) }

var anonymous = []struct {
	in, out string `k:"v"`
	want    bool
}{
	{"a", "b", true},
	{in: "c"},
	{},
}

var inline struct {
	a int `t:"1"`
	b struct{ c string `t:"2"` }
}

func init() { inline.b.c = anonymous[0].in }
