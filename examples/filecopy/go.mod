module example.com/filecopy

go 1.24
