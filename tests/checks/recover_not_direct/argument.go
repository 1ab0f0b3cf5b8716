package argument

import "log"

func handle(r any) {
	if r != nil {
		log.Print(r)
	}
}

// Early hands over nil.
func Early(f func()) {
	defer handle(recover()) // want "`recover` is an argument of the deferred call"
	f()
}

// Late calls it in the deferred literal.
func Late(f func()) {
	defer func() { handle(recover()) }()
	f()
}

// second is deferred itself: there is a panic when it calls recover.
func second() {
	defer handle(recover())
	log.Print("second")
}

// First defers second.
func First(f func()) {
	defer second()
	f()
}

// Logged hands it over among others.
func Logged(f func()) {
	defer log.Println("end", recover()) // want "`recover` is an argument of the deferred call"
	f()
}

// LoggedLate evaluates it in a deferred function.
func LoggedLate(f func()) {
	defer func() { defer log.Println("end", recover()) }()
	f()
}
