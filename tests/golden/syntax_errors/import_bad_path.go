package golden

import fmt // want
import ""
import "a b"
import `a\b`
import 'x' // want
import "ok"
import "a!b"
