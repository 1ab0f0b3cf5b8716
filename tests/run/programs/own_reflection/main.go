package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"sort"
	"strings"
)

type Point struct {
	X, Y int `json:"-"`
	Name string            `json:"name,omitempty"`
	Tags []string          `json:"tags"`
	More map[string]float64 `json:"more"`
	priv bool
}

func (p Point) Sum(k int) int   { return p.X + p.Y + k }
func (p *Point) Move(d int) int { p.X += d; return p.X }

func main() {
	p := Point{X: 1, Y: 2, Name: "p", Tags: []string{"a", "b"}, More: map[string]float64{"z": 1.5, "a": -2}}
	fmt.Printf("%v %+v %T %#v\n", p, p, p, p.Tags)
	t := reflect.TypeOf(p)
	for i := range t.NumField() {
		f := t.Field(i)
		fmt.Println(f.Name, f.Type, f.Tag.Get("json"), f.IsExported(), f.Offset)
	}
	fmt.Println(t.NumMethod(), reflect.TypeOf(&p).NumMethod())
	out := reflect.ValueOf(p).MethodByName("Sum").Call([]reflect.Value{reflect.ValueOf(10)})
	fmt.Println(out[0].Int())
	fmt.Println(reflect.ValueOf(&p).MethodByName("Move").Call([]reflect.Value{reflect.ValueOf(5)})[0], p.X)
	reflect.ValueOf(&p).Elem().Field(1).SetInt(77)
	fmt.Println(p.Y)
	double := reflect.MakeFunc(reflect.TypeOf(func(int, string) (string, error) { return "", nil }),
		func(args []reflect.Value) []reflect.Value {
			s := strings.Repeat(args[1].String(), int(args[0].Int()))
			return []reflect.Value{reflect.ValueOf(s), reflect.Zero(reflect.TypeFor[error]())}
		}).Interface().(func(int, string) (string, error))
	fmt.Println(double(3, "ab"))
	b, err := json.Marshal(p)
	fmt.Println(string(b), err)
	var q Point
	fmt.Println(json.Unmarshal([]byte(`{"name":"q","tags":["x"],"more":{"k":2e3}}`), &q), q)
	fmt.Println(reflect.DeepEqual(map[string][]int{"a": {1}}, map[string][]int{"a": {1}}))
	keys := reflect.ValueOf(p.More).MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	fmt.Println(keys)
	_, err = os.Open("/no/such/file")
	var pe *fs.PathError
	fmt.Println(err, errors.Is(err, fs.ErrNotExist), errors.As(err, &pe))
	var i any = p
	_, ok := i.(fmt.Stringer)
	fmt.Println(ok)
	defer func() { fmt.Println(recover()) }()
	_ = i.(fmt.Stringer)
}
