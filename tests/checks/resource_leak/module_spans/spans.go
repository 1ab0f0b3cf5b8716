// Package spans ends spans that it finds in contexts.
package spans

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

func begin(ctx context.Context, tracer trace.Tracer, name string) (context.Context, trace.Span) {
	return tracer.Start(ctx, "spans."+name)
}

func end(ctx context.Context, err error) {
	span := trace.SpanFromContext(ctx)
	if err != nil {
		span.SetName(err.Error())
	}
	span.End()
}

func work(ctx context.Context) error { return ctx.Err() }

func ended(ctx context.Context, tracer trace.Tracer) (err error) {
	ctx, _ = tracer.Start(ctx, "ended")
	defer func() { end(ctx, err) }()
	return work(ctx)
}

func endedToo(ctx context.Context, tracer trace.Tracer) (err error) {
	ctx, _ = begin(ctx, tracer, "ended")
	defer func() { end(ctx, err) }()
	return work(ctx)
}

type reader struct{ ctx context.Context }

func newReader(ctx context.Context, tracer trace.Tracer) *reader {
	ctx, _ = tracer.Start(ctx, "reader")
	return &reader{ctx}
}

func (r *reader) Close() { end(r.ctx, nil) }

func nowhere(ctx context.Context, tracer trace.Tracer) error {
	_, _ = tracer.Start(ctx, "nowhere") // want "what `tracer.Start` returns"
	return work(ctx)
}

func named(ctx context.Context, tracer trace.Tracer) error {
	ctx, span := tracer.Start(ctx, "named") // want "`span`"
	span.SetName("begun")
	return work(ctx)
}
