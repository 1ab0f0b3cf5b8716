module gdlint.test/oracle

go 1.26
