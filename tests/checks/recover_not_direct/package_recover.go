package p

func recover() any { return nil }

func deferred() {
	defer recover()
	func() { recover() }()
}
