package p

var tests = []struct{ name string }{
	{"a"}, {"b"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}, {"h"}, {"i"},
}

var names = list()

func list() []string { return nil }
