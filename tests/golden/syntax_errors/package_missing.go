import "fmt" // want

func f() { fmt.Println() }
