module run

go 1.26
