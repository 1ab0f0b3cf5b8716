package golden

func f() {
	for {
		g( // want +1
