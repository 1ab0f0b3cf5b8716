package golden

// What follows the bracket decides: a length or type parameters.
type (
	A1 [N]int
	A2 [N + 1]int
	A3 [N * M]int
	A4 [pkg.N]int
	A5 [(N)]int
	A6 [f(N)]int
	A7 [N * (M)]int
	A8 [N * M * O]int
	A9 [-N]int
	B1 [*N]int
	B3 [len("x")]int
	B4 [N << 2 | M]int
	B5 [3]int
	B6 []int
	B7 [...]int
	B8 [N - M]int
	B9 [N == M]int

	P1[P C]          int
	P2[P *C,]        int
	P3[P *C, Q any]  int
	P4[P interface{ *C }] int
	P5[P *C | D]     int
	P6[P *T | ~int]  int
	P7[P ~int]       int
	P8[P []int]      int
	P9[P [3]int]     int
	Q1[P func()]     int
	Q2[P map[int]int] int
	Q3[P chan int]   int
	Q4[P struct{}]   int
	Q5[P pkg.C]      int
	Q6[P, Q any]     int
	Q7[P C[int]]     int
	Q8[P (C),]       int
	Q9[P *struct{}]  int
	R1[P *C[int],]   int
	R2[P **C,]       int
	R3[P *(C),]      int
	R4[P *[]int]     int
)
