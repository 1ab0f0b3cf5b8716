package golden

// want +1
var a = 'a

// want +1
var b = '\

// want +1
var c = '
