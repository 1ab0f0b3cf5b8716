module sample/cliapp

go 1.26
