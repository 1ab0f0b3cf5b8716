package golden

var integers = []any{
	0, 1, 9, 42, 1234567890,
	0_0, 1_000, 1_2_3_4,
	00, 07, 0600, 0_600, 01_23,
	0o0, 0o17, 0O17, 0o_17, 0O1_7,
	0x0, 0XdeadBEEF, 0x_dead_beef, 0Xff_ff,
	0b0, 0b1, 0B1010, 0b_1_0,
	170141183460469231731687303715884105727,
	0xffffffffffffffffffffffffffffffffffffffffffffffff,
	-1, +1, ^1, - 1,
	1+1, 1+-1, 0x1-1, 0xe+1, 0x1e+1,
}
