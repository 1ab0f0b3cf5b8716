package app

// Situations that users of spancheck report, by the number of the issue.

import (
	"context"

	"go.opentelemetry.io/otel/trace"
)

// 12: ended within a literal.
func literal12(ctx context.Context, tracer trace.Tracer) error {
	ctx, span := tracer.Start(ctx, "work")
	defer func() {
		span.SetName("done")
		span.End()
	}()
	return ctx.Err()
}

// 33: started by a function that returns it.
func start33(ctx context.Context, tracer trace.Tracer, name string) (context.Context, trace.Span) {
	return tracer.Start(ctx, name)
}

func ended33(ctx context.Context, tracer trace.Tracer) error {
	ctx, span := start33(ctx, tracer, "work")
	defer span.End()
	return ctx.Err()
}

func leak33(ctx context.Context, tracer trace.Tracer) error {
	ctx, span := start33(ctx, tracer, "work") // want "`span` may be not ended"
	span.SetName("other")
	return ctx.Err()
}

// Spans that a type of one's own ends.
type traced struct{ span trace.Span }

func (t traced) Close() { t.span.End() }

func wrapped(ctx context.Context, tracer trace.Tracer) traced {
	_, span := tracer.Start(ctx, "work")
	return traced{span: span}
}
