package golden

func f() {}

// want +1
/* not closed

func g() {}
