//output: same

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"
)

type server struct{ ctx context.Context }

func query(ctx context.Context, n int) (int, error) { return n, ctx.Err() }

func early(ctx context.Context, n int) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Hour)
	if n == 0 {
		return 0, nil
	}
	got, err := query(ctx, n)
	cancel()
	return got, err
}

func dropped(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx) // no declaration
	inner, _ := context.WithCancel(ctx)
	_, err := query(inner, 1)
	return err
}

// The context goes on when the function has returned.
func returned(ctx context.Context) context.Context {
	ctx, _ = context.WithCancel(ctx)
	made, _ := context.WithCancel(ctx)
	return made
}

func stored(s *server) {
	ctx, _ := context.WithCancel(context.Background())
	s.ctx = ctx
}

func started(ctx context.Context, out chan<- int) {
	mine, _ := context.WithCancel(ctx)
	go func() {
		<-mine.Done()
		out <- 1
	}()
}

func startWorker(ctx context.Context) { go func() { <-ctx.Done() }() }

func worker() {
	ctx, _ := context.WithCancel(context.Background())
	startWorker(ctx)
}

// Each turn of a loop has its own.
func repeated(ctx context.Context) {
	for i := 0; i < 3; i++ {
		each, _ := context.WithCancel(ctx)
		query(each, i)
	}
}

// Stopping it would bring back what signals do by themselves.
func ignoring() {
	ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt)
	query(ctx, 1)
}

func taken(ctx context.Context) error {
	cancel := "taken"
	mine, _ := context.WithCancel(ctx)
	_, err := query(mine, len(cancel))
	return err
}

func main() {
	ctx := context.Background()
	fmt.Println(early(ctx, 1))
	fmt.Println(early(ctx, 0))
	fmt.Println(dropped(ctx), taken(ctx), returned(ctx).Err())
	stored(&server{})
	started(ctx, make(chan int))
	worker()
	ignoring()
	repeated(ctx)
}
