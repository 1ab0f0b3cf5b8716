package defer_before_parallel_subtests

import (
	"context"
	"log"
	"testing"
	"time"
)

type traced struct {
	context.Context
	start time.Time
}

func withTrace(ctx context.Context) (context.Context, func(string)) {
	traced := &traced{Context: ctx, start: time.Now()}
	return traced, func(what string) { log.Println(what, traced.start) }
}

// What is deferred only logs: the context is as good as before.
func TestTraced(t *testing.T) {
	ctx, done := withTrace(context.Background())
	defer done("traced")
	for _, key := range []string{"a", "b"} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			if ctx.Value(key) != nil {
				t.Fatal("unexpected")
			}
		})
	}
}
