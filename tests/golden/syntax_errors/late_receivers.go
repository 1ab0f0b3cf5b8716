package golden

func () a() {} // want
func (x, y T) b() {} // want
func (x T, y T) c() {} // want
func (x ...T) d() {} // want
func (x T) e() {}
