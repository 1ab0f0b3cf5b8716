package defers

const (
	debug  = false
	target = "linux"
)

func constantIf(n int) {
	if debug {
		defer done() // want "none"
	}
	if !debug {
		defer done() // want "open-coded"
	} else {
		defer done() // want "none"
	}
	if debug && n > 0 {
		defer done() // want "none"
	}
	if n > 0 && debug {
		defer done() // want "none"
	}
	if n > 0 || !debug {
		defer done() // want "open-coded"
	} else {
		defer done() // want "none"
	}
	if !(n > 0 && debug) {
		defer done() // want "open-coded"
	}
	if target == "windows" {
		defer done() // want "none"
	}
}

func constantFor(n int) {
	for false {
		defer done() // want "none"
	}
	for debug && n > 0 {
		defer done() // want "none"
	}
	defer done() // want "open-coded"
}

func constantSwitch() {
	switch target {
	case "windows":
		defer done() // want "none"
	case "linux", "darwin":
		defer done() // want "open-coded"
	default:
		defer done() // want "none"
	}
	switch {
	case debug:
		defer done() // want "none"
	case target == "linux":
		defer done() // want "open-coded"
	}
	switch target {
	case "plan9":
		defer done() // want "none"
	}
}

func switchWithVariable(s string) {
	switch target {
	case "linux":
		defer done() // want "open-coded"
	case s:
		defer done() // want "none"
	default:
		defer done() // want "none"
	}
	switch target {
	case s:
		defer done() // want "open-coded"
	case "linux":
		defer done() // want "open-coded"
	}
}

func switchWithFallthrough() {
	switch target {
	case "linux":
		defer done() // want "open-coded"
		fallthrough
	case "windows":
		defer done() // want "open-coded"
	default:
		defer done() // want "open-coded"
	}
}

func afterReturn() {
	defer done() // want "open-coded"
	return
	defer done() // want "none"
}

func afterPanic() {
	defer done() // want "open-coded"
	panic("end")
	defer done() // want "none"
}

func afterIf(n int) {
	if n > 0 {
		return
	} else {
		panic(n)
	}
	defer done() // want "none"
}

func afterConstantIf() {
	if !debug {
		return
	}
	defer done() // want "none"
}

func afterBlock() {
	{
		return
	}
	defer done() // want "none"
}

// Not known to end: a switch, a loop.
func afterSwitch(n int) {
	switch n {
	case 1:
		return
	default:
		return
	}
	defer done() // want "open-coded"
}

func afterLoop() {
	defer done() // want "open-coded"
	for {
	}
	defer done() // want "open-coded"
}

func afterSelect() {
	defer done() // want "open-coded"
	select {}
	defer done() // want "open-coded"
}

// What stands before a label stays, and counts, but nothing gets there.
func beforeLabel(n int) {
	if n > 0 {
		goto end
	}
	return
	defer done() // want "none"
end:
	defer done() // want "open-coded"
}

func afterBreak(n int) {
	for range n {
		break
		defer done() // want "none"
	}
	for range n {
		if n > 1 {
			continue
			defer done() // want "none"
		}
	}
	switch n {
	case 1:
		break
		defer done() // want "none"
	}
	defer done() // want "stack-allocated"
}

// The returns that are left out do not count either.
func prunedReturns(n int) int {
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	defer done() // want "open-coded"
	if debug {
		if n > 0 {
			return 1
		}
		return 2
	}
	switch n {
	case 1:
		return 3
	case 2:
		return 4
	}
	return 5
	return 6
}

func literalInPruned() {
	if debug {
		func() {
			defer done() // want "none"
		}()
	}
	if debug && func() bool { defer done(); return true }() { // want "none"
		done()
	}
	if func() bool { defer done(); return true }() && debug { // want "open-coded"
		done()
	}
}
