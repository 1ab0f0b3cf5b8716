module gdlint.test/peers

go 1.26
