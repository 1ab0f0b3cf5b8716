package structs

type Base struct {
	ID   int
	name string
}

func (b Base) Name() string      { return b.name }
func (b *Base) SetName(n string) { b.name = n }

type Logger interface{ Log(string) }

type Middle struct {
	Base
	Extra map[string]int
}

type Top struct {
	*Middle
	Logger
	Level uint8
}

type Both struct {
	Top
	Base
}

func embed(t Top, pt *Top, b *Both) {
	t.ID = 1
	t.Middle.Base.name = "n"
	t.SetName(t.Name())
	pt.Log(pt.Base.Name())
	_ = pt.Extra["k"]
	_ = b.ID
	_ = b.Top.ID
	b.Base.SetName("x")
	b.SetName("y")
	f := t.SetName
	f("z")
	g := (*Top).Name
	_ = g(pt)
	h := Top.SetName
	h(t, "w")
	_ = Logger.Log
	_ = Top.Log
	_ = (*Both).Log
	var named interface {
		Name() string
		SetName(string)
	} = t
	named = &b.Base
	named = b
	_ = named
	_ = Top{&Middle{Base: Base{1, "a"}}, nil, 2}
	_ = Both{Top: Top{Middle: new(Middle)}, Base: Base{}}
	_ = Middle{Base{}, nil}.Name
}
