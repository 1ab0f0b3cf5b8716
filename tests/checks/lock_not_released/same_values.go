package p

import "sync"

var shared sync.Mutex

func step() {}

// Values that are made of equal ones in the same way are equal.

func byText(name string) {
	if len(name) > 0 {
		shared.Lock()
	}
	step()
	if name != "" {
		shared.Unlock()
	}
}

func byBits(flags uint) {
	if flags&4 != 0 {
		shared.Lock()
	}
	step()
	if flags&4 == 0 {
		return
	}
	shared.Unlock()
}

func byRemainder(i, n int) {
	if i%n == 0 {
		shared.Lock()
	}
	step()
	if i%n == 0 {
		shared.Unlock()
	}
}

func byWidth(n int) {
	if uint8(n) > 7 {
		shared.Lock()
	}
	step()
	if uint8(n) > 7 {
		shared.Unlock()
	}
}

func byType(v any) {
	_, isText := v.(string)
	if isText {
		shared.Lock()
	}
	step()
	if _, ok := v.(string); ok {
		shared.Unlock()
	}
}

func byElement(args []string) {
	if args[0] == "-l" {
		shared.Lock()
	}
	step()
	if args[0] == "-l" {
		shared.Unlock()
	}
}

func byEntry(options map[string]bool) {
	if options["lock"] {
		shared.Lock()
	}
	step()
	if options["lock"] {
		shared.Unlock()
	}
}

func byPresence(options map[string]string) {
	if _, ok := options["lock"]; ok {
		shared.Lock()
	}
	step()
	if _, ok := options["lock"]; ok {
		shared.Unlock()
	}
}

// Other values.

func byOtherBits(flags uint) {
	if flags&4 != 0 {
		shared.Lock() // want "may still be locked when `byOtherBits` returns"
	}
	step()
	if flags&2 != 0 {
		shared.Unlock()
	}
}

func byOtherType(v any) {
	if _, ok := v.(string); ok {
		shared.Lock() // want "may still be locked when `byOtherType` returns"
	}
	step()
	if _, ok := v.([]byte); ok {
		shared.Unlock()
	}
}

func byOtherElement(args []string, i int) {
	if args[i] == "-l" {
		shared.Lock() // want "may still be locked when `byOtherElement` returns"
	}
	i++
	if args[i] == "-l" {
		shared.Unlock()
	}
}

func byNewElement(args []string) {
	if args[0] == "-l" {
		shared.Lock() // want "may still be locked when `byNewElement` returns"
	}
	args[0] = "-k"
	if args[0] == "-l" {
		shared.Unlock()
	}
}

func byNewEntry(options map[string]bool) {
	if options["lock"] {
		shared.Lock() // want "may still be locked when `byNewEntry` returns"
	}
	delete(options, "lock")
	if options["lock"] {
		shared.Unlock()
	}
}

type settings struct{ options map[string]bool }

func (s *settings) byNewEntry() {
	if s.options["lock"] {
		shared.Lock() // want "may still be locked when `\(\*settings\).byNewEntry` returns"
	}
	s.options["lock"] = false
	if s.options["lock"] {
		shared.Unlock()
	}
}

func eachByElement(args []string) {
	for i := range args {
		if args[i] == "-l" {
			shared.Lock()
		}
		step()
		if args[i] == "-l" {
			shared.Unlock()
		}
	}
}
