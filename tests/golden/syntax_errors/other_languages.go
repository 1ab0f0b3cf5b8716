package golden

class A { // want
}

def f():

while (true) {
}

func g() {
	int x = 1; // want
	for (i = 0; i < 10; i++) { // want
	}
	while true { // want
	}
	try { // want
	}
	x = a if b else c
	x = y -> y
	const char *s;
	x += a ? b : c; // want
	do {
	}
}

func h() {}
