package golden

var x = 1

import "fmt" // want

func f() { fmt.Println() }
