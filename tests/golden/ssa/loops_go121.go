//go:build go1.21

package p

//dump: func captured121
//dump: func capturedRange121

// One variable for the loop.
func captured121(n int) (fs []func() int) {
	for i := 0; i < n; i++ {
		fs = append(fs, func() int { return i })
	}
	return
}

func capturedRange121(s []int) (fs []func() int) {
	for _, v := range s {
		fs = append(fs, func() int { return v })
	}
	return
}
