package golden

type Tagged struct {
	A int    `json:"a,omitempty" xml:"a"`
	B, C int "plain"
	Embedded `yaml:",inline"`
	*Pointer "p"
	pkg.Qualified `q`
	*pkg.Both `multi
line`
	List[int] "generic"
	pkg.List[string] `generic`
	*pkg.Map[string, int] `generic`
	F func() "func"
	G []int ``
	_ int
}

type List[T any] []T
