package consts

const (
	z  = 1 + 2i
	re = real(z)
	im = imag(z)
	zz = complex(1, 2.5)
	z0 = complex(0, 0)
)

var (
	zv           = complex(f0, 2)
	zw complex64 = complex(1, 'a')
	zr           = real(zv)
	zi float32   = imag(zw)
	zeq          = zv == z
	zint int     = real(3 + 0i)
	zfl  float64 = 3 + 0i
	zmul         = z * z / (1 - 1i)
)

type C128 complex128
type F64 float64

func parts(c C128, x F64) (a float64, b F64) {
	return real(c), F64(real(complex(x, 1))) + F64(imag(c))
}
