package p

import "fmt"

func rangeFunction(seq func(func(string) bool)) (all []func()) {
	for name := range seq {
		defer func() { fmt.Println(name) }()
		all = append(all, func() { fmt.Println(name) })
	}
	return all
}

func outsideRangeFunction(seq func(func(string) bool)) {
	var name string
	for name = range seq {
		defer func() { fmt.Println(name) }() // want "`name`"
	}
}
