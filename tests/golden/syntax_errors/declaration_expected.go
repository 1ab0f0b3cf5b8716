package golden

x := 1 // want

f()

if x {
}

func g() {}

return // want

}

func h() {}
