package golden

import "a" "b" // want
import x y "z" // want
import (
	"c",
	// want -1
)
