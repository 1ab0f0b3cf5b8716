package golden

func loops(n int) {
	for {
	}
	for true {
	}
	for n < 10 {
	}
	for i := 0; i < n; i++ {
	}
	for i := 0; ; i++ {
	}
	for i := 0; i < n; {
	}
	for i, j := 0, n; i < j; i, j = i+1, j-1 {
	}
	for ; n < 10; {
	}
	for ; n < 10; n++ {
	}
	for ; ; n++ {
	}
	for ;; {
	}
	for f(); g(); h() {
	}
	for x := <-ch; x != nil; x = <-ch {
	}
	for ch <- 1; ok; ch <- 2 {
	}
	for n--; n > 0; n-- {
	}
	for (n < 10) {
	}
	for T(n).M() {
	}
	for i := (T{1}).x; i < len([]int{1, 2}); i++ {
	}
	for func() bool { for { return true } }() {
	}
	for i := 0; i < 10; i++ { for { for j := range i { _ = j; break }; continue } }
}
