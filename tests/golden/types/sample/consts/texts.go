package consts

const (
	hello = "hello, " + "wörld"
	raw   = `a\n	"b"`
	esc   = "\x00\377\u00e9\U0001F600\a\"\t"
	bad   = "\xff\xfe"
	count = len(hello)
	less  = "a" < "b"
	chr   = string(rune(0x1F600))
	chr2  = string('x')
)

var (
	bytes     = []byte(hello)
	runes     = []rune("日本")
	back      = string(bytes) + string(runes)
	at        = hello[1]
	part      = hello[1:3]
	concat    = "a" + back + "b"
	lengths   = len(back) + len("const")
	quotes    = '\''
	surrogate = string(rune(-1))
)

type Text string
type Octets []byte

func convert(t Text, o Octets) (string, []byte, Text, rune) {
	for i, r := range t {
		_, _ = i, r
	}
	copy(o, t)
	o = append(o, t...)
	return string(o), []byte(t), Text(o) + "x", []rune(t)[0]
}
