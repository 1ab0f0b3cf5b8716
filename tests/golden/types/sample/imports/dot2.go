package imports

// The field list of a type in another file.
type Holder[N interface{ ~int }] struct{ n N }

func (h Holder[N]) Get() N { return h.n }
