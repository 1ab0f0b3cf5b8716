module gdlint.test/constants

go 1.26
