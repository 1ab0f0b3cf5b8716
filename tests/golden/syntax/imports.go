package golden

import "fmt"
import f "fmt"
import _ "image/png"
import . "math"
import `raw/path`
import (
)
import ("one"; "two")
import (
	"a/b/c"

	x "d.e/f-g_h/v2"
	_ "i"
	. "j"
	K "k" // a comment
	日 "語"
)

var _ = fmt.Sprint(f.Sprint, Pi)
