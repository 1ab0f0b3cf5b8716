module sample/walkers

go 1.20
