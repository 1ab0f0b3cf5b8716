module gdlint.test/gcsyntax

go 1.26
