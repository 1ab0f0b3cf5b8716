package p

func deferredElsewhere() { recover() }

func calledElsewhere() { recover() } // want "called in `calledElsewhere`"

func usedElsewhere() { recover() }
