package golden

var x = y