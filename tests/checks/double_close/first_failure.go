package p

// Whatever closes it first leaves an error behind.
func gather(results <-chan error) error {
	done := make(chan struct{})
	var first error
	for open := true; open; {
		var err error
		err, open = <-results
		if err != nil && first == nil {
			first = err
			close(done)
		}
	}
	if first == nil {
		close(done)
	}
	return first
}

func gatherWrongly(results <-chan error) error {
	done := make(chan struct{})
	var first error
	for open := true; open; {
		var err error
		err, open = <-results
		if err != nil && first == nil {
			first = err
			close(done)
		}
	}
	close(done) // want "`done` is closed here and before"
	return first
}
