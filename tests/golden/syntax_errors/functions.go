package golden

func f { // want
} // want

func h() { // the brace may not be on a line of its own
}

func i() // want +1
{
}

func j(a int b int) { // want
}

func k(a int, b) { // want
}

func l(a, b int, string) { // want
}

func m(a ...int, b int) { // want
}

func (t T) (u U) n() { // want
}

func () o() { // want
}

func (a, b T) p() { // want
}

func q(a ...) { // want
}

func r() (a int, string) { // want
}

func last() {}
