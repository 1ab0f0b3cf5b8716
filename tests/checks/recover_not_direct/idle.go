package idle

import "log"

func catch(what string) {
	if v := recover(); v != nil {
		log.Println(what, v)
	}
}

func right(f func()) {
	defer catch("right")
	f()
}

func late(f func()) func() {
	return func() {
		f()
		catch("late") // want "`catch\(\"late\"\)` is called and not deferred"
	}
}

func early(f func()) {
	catch("early") // want "is called and not deferred"
	f()
}

type job struct{ done bool }

// finish has something to do in any case.
func (j *job) finish() {
	if v := recover(); v != nil {
		log.Println(v)
	}
	j.done = true
}

func (j *job) run(f func()) {
	defer j.finish()
	f()
}

func (j *job) skip() { j.finish() }
