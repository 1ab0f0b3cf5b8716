package golden

var x = 1 // no newline