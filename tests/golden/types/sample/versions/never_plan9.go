package versions

var plan9Only = missing
