package p

var a = b
var b = c()

func c() int { return d }

var d = e.m()

type E struct{}

func (E) m() int { return a }

var e E

var x = y
var y = func() int { return z }()
var z = x + 1

var fine = func() int { return fine2 }
var fine2 = 1

var m = map[string]func(){"a": run}

func run() { _ = m }

var t = T.get

type T struct{}

func (T) get() int { t(T{}); return 1 }

func gen[P any]() int { return viaGen }

var viaGen = gen[int]()
