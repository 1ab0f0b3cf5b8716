package golden

func a() {;}
func b() {;;}
func c() { ; f() ; ; g() ; }
func d() { if true {;} else {;;} }
func e() { for ;; {;} }
func f() { switch {case true:;case false:;;default:} }
func g() { select {default:;} }
func h() { L:; M: }
func i() { {};{} }
func j() { func() {;}() ; }
func k() { for range 1 {}; }
