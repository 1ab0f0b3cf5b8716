package golden

var a = "﻿" // want
﻿var b = 1 // want
// ﻿
// want -1
