// Package trace has what the tests need of go.opencensus.io/trace.
package trace

import (
	"context"
)

type Span struct{ n int }

func StartSpan(ctx context.Context, name string) (context.Context, *Span) { return ctx, &Span{} }
func (s *Span) End()                                                      {}
func (s *Span) Annotate(text string)                                      {}
