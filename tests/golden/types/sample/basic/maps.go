package basic

type Graph map[string]map[string]bool
type Key struct {
	a int
	b string
}

func maps() int {
	g := make(Graph, 10)
	g["a"] = map[string]bool{"b": true}
	g["a"]["c"] = !g["a"]["b"]
	if next, ok := g["x"]; ok && next["y"] {
		delete(next, "y")
	}
	counts := map[rune]int{}
	for _, r := range "hello" {
		counts[r]++
		counts[r] += 2
	}
	byKey := map[Key]*Key{{1, "a"}: {2, "b"}, Key{a: 3}: nil}
	byKey[Key{}].a = 3
	anyKey := map[any]any{1: "a", "b": 2.5, nil: nil, [1]int{2}: struct{}{}}
	fn := map[string]func(int) int{"inc": func(x int) int { return x + 1 }}
	_ = fn["inc"](1)
	clear(anyKey)
	var nested map[string]struct{ inner map[int][]string }
	_ = nested["a"].inner[3][0][1]
	for k := range byKey {
		k.a = 4
	}
	for k, v := range g {
		_, _ = k, v
	}
	return len(g) + len(counts)
}
