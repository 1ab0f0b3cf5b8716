package p

func useAll() {
	defer deferredElsewhere()
	deferredElsewhere()
	calledElsewhere()
	f := usedElsewhere
	defer f()
	usedElsewhere()
}
