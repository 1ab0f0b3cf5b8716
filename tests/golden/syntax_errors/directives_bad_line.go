package golden

// want +1
//line bad.go:0
// want +1
//line bad.go:-1
// want +1
//line bad.go:x
// want +1
//line bad.go:99999999999
// want +1
//line :
// want +1
//line bad.go:5:0
func f() {}
