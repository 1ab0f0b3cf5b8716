package p

func recover() any { return nil }
