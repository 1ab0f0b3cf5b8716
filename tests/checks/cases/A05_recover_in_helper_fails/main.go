package main

func wrongRecover() {
	defer func() {
		helper()
	}()
	panic("crash")
}
func helper() { recover() } // want "\[recover-not-direct\]"

func main() { wrongRecover() }
