module sample/acctd

go 1.26
