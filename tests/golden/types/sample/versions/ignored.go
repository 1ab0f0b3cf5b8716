//go:build ignore

package main

var undefinedHere = nothing
