package golden

// want +1
var a = `not
closed

func f() {}
