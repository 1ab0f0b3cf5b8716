package golden

import "fmt"

func typed() {
	fmt.Println("one")
	fmt.
} // want

func next() { // want
	x := 
	
	fmt.Println(x)
}

func third() {
	if x > y. { // want
		y() // want
	} // want
}

func fourth() {}
