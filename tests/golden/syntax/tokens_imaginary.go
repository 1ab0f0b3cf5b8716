package golden

var imaginary = []any{
	0i, 1i, 0123i, 0o123i, 0xabci, 0b101i,
	0.i, 2.71828i, 1.e+0i, 6.67428e-11i, 1E6i, .25i, .12345E+5i,
	0x1p-2i, 0X.8p-0i, 1_000i, 0_1i, 09i, 089i, 1_2.3_4e5_6i,
	1 + 2i, 1+2i, 1-2i*3i,
}
