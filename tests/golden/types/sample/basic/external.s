// The body of a function declared without one.
