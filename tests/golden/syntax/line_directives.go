package golden

// Positions are those in the file, whatever these say.
//line other.go:100
func a() { _ = 1 }

//line :7
func b() {
	/*line x.go:20:30*/ _ = 2 /*line y.go:1:1*/ ; _ = 3
//line ../../outside.go:1073741823
	_ = 4
	//line not-a-directive.go:5
	_ = 5
}

//line /absolute/path.go:1:1
//line C:\windows.go:12
//line without a number
//line
//LINE other.go:3
// line other.go:3
func c() {}
/*line multi
line.go:3*/ var d int
