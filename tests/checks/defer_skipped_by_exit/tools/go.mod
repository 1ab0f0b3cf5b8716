module sample/tools

go 1.26
