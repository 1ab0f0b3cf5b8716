package golden;var a=1

varb = 2 // comment with CR
var c /* xy */ = 3 /**/
