
// A file without a package clause. // want +1
