package p

//dump: func plain
//dump: func captured
//dump: func postKeeps

func plain(s []int) (t int) {
	for i := 0; i < len(s); i++ {
		t += s[i]
	}
	return
}

// A variable for each iteration.
func captured(n int) (fs []func() int) {
	for i := 0; i < n; i++ {
		if i == 3 {
			continue
		}
		fs = append(fs, func() int { return i })
	}
	return
}

// The post statement works on the variable of the next iteration.
func postKeeps(keep func(*int)) {
	for i := 0; i < 3; keep(&i) {
		keep(&i)
	}
}
