package unicodes

//line generated.y:100
var first = 1
/*line other.y:7:3*/var second = first + 1

func relined() int {
//line :1
	return first +
		second
}
