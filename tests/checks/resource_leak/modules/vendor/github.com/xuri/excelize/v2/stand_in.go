// Package excelize has what the tests need of github.com/xuri/excelize/v2.
package excelize

type File struct{ n int }

func OpenFile(name string) (*File, error)              { return &File{}, nil }
func (f *File) Close() error                           { return nil }
func (f *File) GetRows(sheet string) ([]string, error) { return nil, nil }
