package app

import (
	"context"
	"io"
	"os"

	old "github.com/360EntSecGroup-Skylar/excelize"
	"github.com/IBM/sarama"
	"github.com/fsnotify/fsnotify"
	"github.com/gorilla/websocket"
	"github.com/klauspost/compress/zstd"
	"github.com/opentracing/opentracing-go"
	"github.com/samber/lo"
	"github.com/segmentio/kafka-go"
	"github.com/spf13/afero"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	octrace "go.opencensus.io/trace"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
)

func grpcCall(target string) error {
	conn, err := grpc.NewClient(target) // want "`conn` may be still open .*\(grpc-conn\)"
	if err != nil {
		return err
	}
	if err := conn.Invoke("ping"); err != nil {
		return err
	}
	return conn.Close()
}

func span(ctx context.Context, tracer trace.Tracer, n int) error {
	ctx, span := tracer.Start(ctx, "work") // want "`span` may be not ended when `span` returns at line 39: `tracer.Start` succeeded, and nothing on that way ends it \(span\)"
	span.SetName("other")
	if n > 2 {
		return ctx.Err()
	}
	span.End()
	return nil
}

func spanEnded(ctx context.Context, tracer trace.Tracer) error {
	ctx, span := tracer.Start(ctx, "work")
	defer span.End()
	return ctx.Err()
}

// Who gets the context can end the span.
func spanHandedOver(ctx context.Context, tracer trace.Tracer, next func(context.Context)) {
	_, span := tracer.Start(ctx, "work")
	next(trace.ContextWithSpan(ctx, span))
}

func spanUnused(ctx context.Context, tracer trace.Tracer) error {
	ctx, _ = tracer.Start(ctx, "work") // want "what `tracer.Start` returns"
	return ctx.Err()
}

func censusSpan(ctx context.Context, n int) {
	_, span := octrace.StartSpan(ctx, "work") // want "`span` may be not ended"
	if n > 2 {
		span.Annotate("much")
		return
	}
	span.End()
}

func openSpan(ctx context.Context, n int) {
	span, ctx := opentracing.StartSpanFromContext(ctx, "work") // want "`span` may be not ended"
	span.SetTag("n", n)
	if ctx.Err() != nil {
		return
	}
	span.Finish()
}

func openSpanChained(n int) {
	span := opentracing.StartSpan("work").SetTag("n", n)
	defer span.Finish()
}

func produce(addresses []string) error {
	p, err := sarama.NewSyncProducer(addresses) // want "`p` may be still open .*\(producer\)"
	if err != nil {
		return err
	}
	return p.SendMessage("hello")
}

func consume(ctx context.Context) (string, error) {
	r := kafka.NewReader(kafka.ReaderConfig{}) // want "`r` may be still open"
	return r.ReadMessage(ctx)
}

func aferoCopy(fs afero.Fs) error {
	src, err := fs.Open("a") // want "`src` may be still open when `aferoCopy` returns at line 105: .*\(file\)"
	if err != nil {
		return err
	}
	dst, err := fs.Create("b")
	if err != nil {
		return err
	}
	defer src.Close()
	defer dst.Close()
	_, err = io.Copy(dst, src)
	return err
}

func dial(url string) error {
	conn, _, err := websocket.DefaultDialer.Dial(url, nil) // want "`conn` may be still open"
	if err != nil {
		return err
	}
	if err := conn.WriteMessage(1, nil); err != nil {
		return err
	}
	return conn.Close()
}

func watch(name string) (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher() // want "`w` may be still open when `watch` returns at line 130"
	if err != nil {
		return nil, err
	}
	if err := w.Add(name); err != nil {
		return nil, err
	}
	return w, nil
}

func sheet(name string) ([]string, error) {
	f, err := excelize.OpenFile(name) // want "`f` may be still open"
	if err != nil {
		return nil, err
	}
	return f.GetRows("one")
}

func sheetOfOldVersion(name string) ([]string, error) {
	f, err := old.OpenFile(name)
	if err != nil {
		return nil, err
	}
	return f.GetRows("one")
}

func must(name string) string {
	f := lo.Must(os.Open(name)) // want "may be still open"
	return f.Name()
}

func mustClosed(name string) string {
	f := lo.Must(os.Open(name))
	defer f.Close()
	return f.Name()
}

func unpack(r io.Reader) ([]byte, error) {
	d, err := zstd.NewReader(r) // want "`d` may be still open .*\(decompressor\)"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(d)
}

// Without a stream it has nothing to release.
func unpackAll(b []byte) ([]byte, error) {
	d, err := zstd.NewReader(nil)
	if err != nil {
		return nil, err
	}
	return d.DecodeAll(b, nil)
}

func testHelper(t require.TestingT, name string) string {
	f, err := os.Open(name) // want "`f` may be still open"
	require.NoError(t, err)
	require.NotNil(t, f)
	return f.Name()
}

// Whoever gets it closes the decoder with it.
func decoders(register func(func(io.Reader) io.ReadCloser)) {
	register(func(r io.Reader) io.ReadCloser {
		d, err := zstd.NewReader(r)
		if err != nil {
			return nil
		}
		return d.IOReadCloser()
	})
}
