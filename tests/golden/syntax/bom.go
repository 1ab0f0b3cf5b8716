// A byte order mark is allowed at the start.
package golden

var x = 1
