package p

import "os"

type setting struct {
	secret bool
	name   string
}

// The constant is what some callers are meant to see.
func lookup(s setting, redact bool) (value string, redacted bool) {
	if s.name == "" {
		return value, false
	}
	if redact && s.secret {
		defer func() {
			value = ""
			redacted = true
		}()
	}
	value = os.Getenv(s.name)
	if value != "" {
		return value, false
	}
	value = "default of " + s.name
	return value, false
}

func always(s setting) (value string) {
	if s.name == "" {
		return ""
	}
	defer func() {
		value = "none" // want "this overwrites what `value` holds"
	}()
	value = os.Getenv(s.name)
	return value
}
