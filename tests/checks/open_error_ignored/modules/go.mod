module openerrors

go 1.24

require github.com/klauspost/compress v1.17.0
