package p

import "context"

// A cursor that is told for how long it may wait.
type cursor struct {
	left int
	err  error
}

func (c *cursor) Next(ctx context.Context) bool {
	if c.err = ctx.Err(); c.err != nil {
		return false
	}
	c.left--
	return c.left >= 0
}

func (c *cursor) Decode() (int, error) { return c.left, nil }
func (c *cursor) Err() error           { return c.err }

func find(n int) (*cursor, error) { return &cursor{left: n}, nil }

func sumOf(ctx context.Context, n int) (sum int, err error) {
	cur, err := find(n)
	if err != nil {
		return 0, err
	}
	for cur.Next(ctx) { // want "nothing asks `Err`"
		v, err := cur.Decode()
		if err != nil {
			return 0, err
		}
		sum += v
	}
	return sum, nil
}

func sumChecked(ctx context.Context, n int) (sum int, err error) {
	cur, err := find(n)
	if err != nil {
		return 0, err
	}
	for cur.Next(ctx) {
		v, err := cur.Decode()
		if err != nil {
			return 0, err
		}
		sum += v
	}
	return sum, cur.Err()
}
