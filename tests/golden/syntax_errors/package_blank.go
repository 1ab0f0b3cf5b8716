package _

func f() {}
