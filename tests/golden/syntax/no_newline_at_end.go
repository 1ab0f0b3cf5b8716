package golden

func f() { return }