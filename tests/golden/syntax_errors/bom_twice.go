﻿package golden // want
