package golden

// In a header a `{` after a type name opens the body, unless brackets are around it.
func headers(x, y T) {
	if x == (T{1}) {
	}
	if (x == T{1}) {
	}
	if f(T{1}) {
	}
	if a[T{1}.i] {
	}
	if []T{{1}}[0] == x {
	}
	if [...]int{1}[0] == 1 {
	}
	if map[string]bool{"a": true}["a"] {
	}
	if struct{ b bool }{true}.b {
	}
	if func(t T) bool { return t == T{1} }(x) {
	}
	if x := (T{}); x == y {
	}
	if x := []T{T{1}}; x != nil {
	}
	if x.y {
	}
	if a[b] {
	}
	if a[b, c](d) {
	}
	if a.b[c].d {
	}
	if interface{}(x) == nil {
	}
	if chan int(nil) == nil {
	}
	if (func())(nil) == nil {
	}
	if x == y { T{1}.f() }
	for x != (T{}) {
	}
	for i := (T{1}); i != (T{2}); i = (T{3}) {
	}
	for range (T{1}.xs) {
	}
	for _, x := range []T{{1}, {2}} {
	}
	for i := range f(T{1}) { _ = T{i} }
	for x = range y {
	}
	switch (T{1}) {
	case T{1}: _ = T{2}
	}
	switch x := (T{1}); x {
	}
	switch x {
	case T{}:
	}
	switch x := f(T{}).(type) {
	}
	switch a[b].(type) {
	}
	select {
	case ch <- T{1}:
	case x := <-f(T{}):
	}
	if x { } else if y { } else { _ = T{} }
	if !x { { } }
	if *p == *q {
	}
	if x < y {
	}
	go func() { if x == y { _ = T{} } }()
}
