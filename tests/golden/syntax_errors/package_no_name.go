package

func f() {} // want
