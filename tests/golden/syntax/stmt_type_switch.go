package golden

func typeSwitches(x any) {
	switch x.(type) {
	}
	switch y := x.(type) {
	}
	switch x := x.(type) {
	case int:
	case string, []byte:
	case nil:
	case *T, pkg.T, *pkg.T, [3]int, []int, map[string]int, chan int, <-chan int, chan<- int:
	case func(int) string, func(), struct{ x int }, interface{ M() }, interface{}:
	case List[int], *Pair[int, string], pkg.List[int]:
	case (int), *(T), (func()):
	default:
		_ = x
	}
	switch f(); x.(type) {
	}
	switch y := f(); z := y.(type) {
	}
	switch y := f(); y.(type) {
	}
	switch ; x.(type) {
	}
	switch f(x).g[0].(type) {
	}
	switch y := (x).(type) {
	}
	switch x.(int).(type) {
	}
	switch _ = 1; x := (<-ch).(type) {
	}
	switch x := any(T{1}.x).(type) {
	}
}
