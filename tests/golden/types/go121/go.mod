module middle

go 1.21
