package golden junk // want

func f() {}
