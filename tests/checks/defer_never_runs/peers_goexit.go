// Situations of staticcheck's issue 444.
package p

import "runtime"

// A goroutine that ends runs what it deferred.
func ends444() {
	for {
		defer println("deferred")
		runtime.Goexit()
	}
}

func helper444() { runtime.Goexit() }

func endsInHelper444() {
	defer println("deferred")
	for {
		helper444()
	}
}

func never444() {
	defer println("deferred") // want "defer-never-runs"
	for {
		println("work")
	}
}
