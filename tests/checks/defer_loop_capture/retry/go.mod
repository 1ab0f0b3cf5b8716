module sample

go 1.20
