package golden

const a
var b // want
type D // want
const f int
var g, = 1 // want
const ( i j = 1 )
var ( k ; ) // want
type ( L ) // want
func
