package golden

func f() {
	if a // want
	{
	}
	for b
	{ // want
	}
	switch c
	{
	}
	select
	{
	}
}

func g() {}
