// Elements of composite literals whose types are left out.

package main

import "fmt"

type point struct{ x, y int }
type points []point
type table map[string]points
type grid [2]points

var slices = map[string]*points{"a": {{1, 2}, {3, 4}}, "none": {}}
var tables = []*table{{"t": {{5, 6}}}, nil, {}}
var grids = [2]*grid{{{{7, 8}}, 1: {{9, 10}, {11, 12}}}}
var direct = []points{{{13, 14}}}
var keys = map[point]*[]int{{15, 16}: {17, 2: 18}}

func next(n *int) int {
	*n++
	return *n
}

func main() {
	fmt.Println(len(*slices["a"]), (*slices["a"])[1].y, *slices["none"] != nil, len(*slices["none"]))
	fmt.Println(len(tables), (*tables[0])["t"][0].y, tables[1] == nil, len(*tables[2]))
	fmt.Println((*grids[0])[0][0].x, (*grids[0])[1][1].y, grids[1] == nil)
	fmt.Println(direct[0][0].x)
	for key, value := range keys {
		fmt.Println(key.x, key.y, len(*value), (*value)[0], (*value)[1], (*value)[2])
	}
	n := 0
	local := []*[]*point{{{next(&n), next(&n)}, {x: next(&n)}}, {{y: next(&n)}}}
	again := map[int]*map[int]*points{next(&n): {next(&n): {{next(&n), next(&n)}}}}
	fmt.Println((*local[0])[0].x, (*local[0])[0].y, (*local[0])[1].x, (*local[1])[0].y)
	for a, inner := range again {
		for b, value := range *inner {
			fmt.Println(a, b, (*value)[0].x, (*value)[0].y)
		}
	}
}
