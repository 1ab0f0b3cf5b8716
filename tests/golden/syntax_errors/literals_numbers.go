package golden

var _ = []any{
	0b,      // want
	0b2,     // want
	0b102,   // want
	0o,      // want
	0o8,     // want
	08,      // want
	0129,    // want
	0x,      // want
	0xg,     // want
	1__0,    // want
	1_,      // want
	0_x1,    // want
	0x1__2,  // want
	0x_,     // want
	1e,      // want
	1e+,     // want
	1e-_1,   // want
	1._5,    // want
	1_.5,    // want
	0b1.0,   // want
	0b1e1,   // want
	0o1e1,   // want
	0o1.5,   // want
	0x1.0,   // want
	0x.p1,   // want
	0x1p,    // want
	1p1,     // want
	0b1p1,   // want
	0x1p-,   // want
	0xep,    // want
	0b12i,  
	0o18i,  
	1_i,     // want
}
