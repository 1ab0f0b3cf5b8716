// Package http without a network: servers of the program answer its own
// requests; all other hosts answer with an empty page.
package http

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"internal/runtype"
	"io"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	MethodGet     = "GET"
	MethodHead    = "HEAD"
	MethodPost    = "POST"
	MethodPut     = "PUT"
	MethodPatch   = "PATCH"
	MethodDelete  = "DELETE"
	MethodOptions = "OPTIONS"

	StatusOK                  = 200
	StatusCreated             = 201
	StatusAccepted            = 202
	StatusNoContent           = 204
	StatusMovedPermanently    = 301
	StatusFound               = 302
	StatusSeeOther            = 303
	StatusNotModified         = 304
	StatusBadRequest          = 400
	StatusUnauthorized        = 401
	StatusForbidden           = 403
	StatusNotFound            = 404
	StatusMethodNotAllowed    = 405
	StatusRequestTimeout      = 408
	StatusConflict            = 409
	StatusGone                = 410
	StatusTeapot              = 418
	StatusTooManyRequests     = 429
	StatusInternalServerError = 500
	StatusNotImplemented      = 501
	StatusBadGateway          = 502
	StatusServiceUnavailable  = 503
	StatusGatewayTimeout      = 504
)

var statusTexts = map[int]string{
	200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
	301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
	400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
	405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict", 410: "Gone",
	418: "I'm a teapot", 429: "Too Many Requests", 500: "Internal Server Error",
	501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
	504: "Gateway Timeout",
}

func StatusText(code int) string { return statusTexts[code] }

var (
	ErrServerClosed   = errors.New("http: Server closed")
	ErrBodyReadAfterClose = errors.New("http: invalid Read on closed Body")
	ErrAbortHandler   = errors.New("net/http: abort Handler")
	ErrHandlerTimeout = errors.New("http: Handler timeout")
	ErrUseLastResponse = errors.New("net/http: use last response")
)

// Header has the values of header lines by name.
type Header map[string][]string

func canonical(key string) string {
	parts := strings.Split(strings.ToLower(key), "-")
	for i, p := range parts {
		if p != "" {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}

func CanonicalHeaderKey(s string) string { return canonical(s) }

func (h Header) Add(key, value string) { h[canonical(key)] = append(h[canonical(key)], value) }
func (h Header) Set(key, value string) { h[canonical(key)] = []string{value} }
func (h Header) Del(key string)        { delete(h, canonical(key)) }
func (h Header) Values(key string) []string { return h[canonical(key)] }
func (h Header) Get(key string) string {
	if v := h[canonical(key)]; len(v) > 0 {
		return v[0]
	}
	return ""
}
func (h Header) Clone() Header {
	out := Header{}
	for key, values := range h {
		out[key] = append([]string(nil), values...)
	}
	return out
}
func (h Header) Write(w io.Writer) error {
	var keys []string
	for key := range h {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		for _, v := range h[key] {
			if _, err := fmt.Fprintf(w, "%s: %s\r\n", key, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// Request is what a client asks.
type Request struct {
	Method        string
	URL           *url.URL
	Proto         string
	Header        Header
	Body          io.ReadCloser
	ContentLength int64
	Host          string
	Form          url.Values
	RemoteAddr    string
	RequestURI    string
	Pattern       string
	ctx           context.Context
	values        map[string]string
}

// NoBody is an empty body.
var NoBody = noBody{}

type noBody struct{}

func (noBody) Read([]byte) (int, error) { return 0, io.EOF }
func (noBody) Close() error             { return nil }

func NewRequest(method, target string, body io.Reader) (*Request, error) {
	return NewRequestWithContext(context.Background(), method, target, body)
}

func NewRequestWithContext(ctx context.Context, method, target string, body io.Reader) (*Request, error) {
	if ctx == nil {
		return nil, errors.New("net/http: nil Context")
	}
	if method == "" {
		method = MethodGet
	}
	u, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	r := &Request{Method: method, URL: u, Proto: "HTTP/1.1", Header: Header{}, Host: u.Host, ctx: ctx}
	switch b := body.(type) {
	case nil:
	case io.ReadCloser:
		r.Body = b
	default:
		r.Body = io.NopCloser(b)
	}
	return r, nil
}

func (r *Request) Context() context.Context {
	if r.ctx != nil {
		return r.ctx
	}
	return context.Background()
}
func (r *Request) WithContext(ctx context.Context) *Request {
	out := *r
	out.ctx = ctx
	return &out
}
func (r *Request) Clone(ctx context.Context) *Request {
	out := r.WithContext(ctx)
	out.Header = r.Header.Clone()
	return out
}
func (r *Request) UserAgent() string           { return r.Header.Get("User-Agent") }
func (r *Request) Referer() string             { return r.Header.Get("Referer") }
func (r *Request) PathValue(name string) string { return r.values[name] }
func (r *Request) SetBasicAuth(user, password string) {
	r.Header.Set("Authorization", "Basic "+user+":"+password)
}
func (r *Request) ParseForm() error {
	if r.Form == nil {
		r.Form = r.URL.Query()
	}
	return nil
}
func (r *Request) FormValue(key string) string {
	r.ParseForm()
	return r.Form.Get(key)
}

// Response is what comes back; its Body is to be closed.
type Response struct {
	Status        string
	StatusCode    int
	Proto         string
	Header        Header
	Body          io.ReadCloser
	ContentLength int64
	Close         bool
	Request       *Request
}

// body tells when it is opened and closed.
type body struct {
	r        *bytes.Reader
	name     string
	resource uint64
	closed   bool
}

func newBody(name string, data []byte) *body {
	return &body{r: bytes.NewReader(data), name: name, resource: runtype.Opened("response body", name)}
}

func (b *body) Read(p []byte) (int, error) {
	if b.closed {
		return 0, ErrBodyReadAfterClose
	}
	return b.r.Read(p)
}

func (b *body) Close() error {
	if !b.closed {
		b.closed = true
		runtype.Closed(b.resource, "response body", b.name)
	}
	return nil
}

// RoundTripper makes a response of a request.
type RoundTripper interface {
	RoundTrip(*Request) (*Response, error)
}

// Transport has no network to set up.
type Transport struct {
	MaxIdleConns          int
	MaxIdleConnsPerHost   int
	MaxConnsPerHost       int
	IdleConnTimeout       time.Duration
	TLSHandshakeTimeout   time.Duration
	ResponseHeaderTimeout time.Duration
	DisableKeepAlives     bool
	DisableCompression    bool
}

var DefaultTransport RoundTripper = &Transport{}

func (t *Transport) CloseIdleConnections() {}
func (t *Transport) Clone() *Transport     { out := *t; return &out }

func (t *Transport) RoundTrip(r *Request) (*Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	host := r.URL.Hostname()
	if host == "" {
		return nil, errors.New("http: no Host in request URL")
	}
	if strings.HasSuffix(host, ".invalid") {
		return nil, errors.New("dial tcp: lookup " + host + ": no such host")
	}
	port := r.URL.Port()
	if port == "" {
		port = "80"
	}
	mu.Lock()
	handler := servers[port]
	mu.Unlock()
	isLocal := host == "localhost" || strings.HasPrefix(host, "127.") || host == "[::1]"
	if isLocal && handler == nil {
		return nil, errors.New("dial tcp 127.0.0.1:" + port + ": connect: connection refused")
	}
	w := &recorder{header: Header{}, code: StatusOK}
	if isLocal {
		in := r.Clone(r.Context())
		in.RemoteAddr = "127.0.0.1:40000"
		in.RequestURI = r.URL.RequestURI()
		if in.Body == nil {
			in.Body = NoBody
		}
		if !serve(handler, w, in) {
			return nil, io.EOF
		}
	}
	if r.Body != nil {
		r.Body.Close()
	}
	data := w.data.Bytes()
	return &Response{
		Status:        strconv.Itoa(w.code) + " " + StatusText(w.code),
		StatusCode:    w.code,
		Proto:         "HTTP/1.1",
		Header:        w.header,
		Body:          newBody(r.URL.String(), data),
		ContentLength: int64(len(data)),
		Request:       r,
	}, nil
}

// serve calls the handler as a server does: on a goroutine of its own, and a
// panic ends the request alone.
func serve(handler Handler, w *recorder, r *Request) (ok bool) {
	done := make(chan bool)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				if v != ErrAbortHandler {
					println("http: panic serving " + r.RemoteAddr + ": " + fmt.Sprint(v))
				}
				done <- false
			}
		}()
		handler.ServeHTTP(w, r)
		done <- true
	}()
	return <-done
}

// Client asks.
type Client struct {
	Transport     RoundTripper
	CheckRedirect func(req *Request, via []*Request) error
	Timeout       time.Duration
}

var DefaultClient = &Client{}

func (c *Client) CloseIdleConnections() {}

func (c *Client) Do(r *Request) (*Response, error) {
	transport := c.Transport
	if transport == nil {
		transport = DefaultTransport
	}
	response, err := transport.RoundTrip(r)
	if err != nil {
		method := r.Method[:1] + strings.ToLower(r.Method[1:])
		return nil, &url.Error{Op: method, URL: r.URL.String(), Err: err}
	}
	return response, nil
}

func (c *Client) send(method, target, contentType string, body io.Reader) (*Response, error) {
	r, err := NewRequest(method, target, body)
	if err != nil {
		return nil, err
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	return c.Do(r)
}

func (c *Client) Get(url string) (*Response, error)  { return c.send(MethodGet, url, "", nil) }
func (c *Client) Head(url string) (*Response, error) { return c.send(MethodHead, url, "", nil) }
func (c *Client) Post(url, contentType string, body io.Reader) (*Response, error) {
	return c.send(MethodPost, url, contentType, body)
}
func (c *Client) PostForm(url string, data url.Values) (*Response, error) {
	return c.Post(url, "application/x-www-form-urlencoded", strings.NewReader(data.Encode()))
}

func Get(url string) (*Response, error)  { return DefaultClient.Get(url) }
func Head(url string) (*Response, error) { return DefaultClient.Head(url) }
func Post(url, contentType string, body io.Reader) (*Response, error) {
	return DefaultClient.Post(url, contentType, body)
}
func PostForm(url string, data url.Values) (*Response, error) {
	return DefaultClient.PostForm(url, data)
}

// Servers.

var (
	mu      sync.Mutex
	servers = map[string]Handler{}
)

// ResponseWriter takes the answer.
type ResponseWriter interface {
	Header() Header
	Write([]byte) (int, error)
	WriteHeader(statusCode int)
}

// Flusher and Hijacker are what some writers can do.
type Flusher interface{ Flush() }

type recorder struct {
	header Header
	data   bytes.Buffer
	code   int
	wrote  bool
}

func (w *recorder) Header() Header { return w.header }
func (w *recorder) Flush()         {}
func (w *recorder) Write(b []byte) (int, error) {
	w.wrote = true
	return w.data.Write(b)
}
func (w *recorder) WriteHeader(code int) {
	if !w.wrote {
		w.wrote = true
		w.code = code
	}
}

// Handler answers requests.
type Handler interface {
	ServeHTTP(ResponseWriter, *Request)
}

// HandlerFunc is a function that does.
type HandlerFunc func(ResponseWriter, *Request)

func (f HandlerFunc) ServeHTTP(w ResponseWriter, r *Request) { f(w, r) }

// ServeMux chooses a handler by the path.
type ServeMux struct {
	handlers map[string]Handler
}

func NewServeMux() *ServeMux { return &ServeMux{} }

var DefaultServeMux = NewServeMux()

func (m *ServeMux) Handle(pattern string, handler Handler) {
	if m.handlers == nil {
		m.handlers = map[string]Handler{}
	}
	if m.handlers[pattern] != nil {
		panic("http: multiple registrations for " + pattern)
	}
	m.handlers[pattern] = handler
}

func (m *ServeMux) HandleFunc(pattern string, f func(ResponseWriter, *Request)) {
	m.Handle(pattern, HandlerFunc(f))
}

// match tells how well a pattern fits, -1 if it does not.
func match(pattern string, r *Request) (score int, values map[string]string) {
	if method, rest, ok := strings.Cut(pattern, " "); ok {
		if method != r.Method {
			return -1, nil
		}
		pattern = strings.TrimSpace(rest)
		score++
	}
	wanted := strings.Split(pattern, "/")
	have := strings.Split(r.URL.Path, "/")
	for i, w := range wanted {
		switch {
		case w == "" && i+1 == len(wanted) && i > 0 && i < len(have):
			return score + 2*i, values
		case i >= len(have):
			return -1, nil
		case strings.HasPrefix(w, "{") && strings.HasSuffix(w, "}"):
			if values == nil {
				values = map[string]string{}
			}
			values[strings.TrimSuffix(w[1:len(w)-1], "...")] = have[i]
		case w != have[i]:
			return -1, nil
		}
	}
	if len(have) != len(wanted) {
		return -1, nil
	}
	return score + 2*len(wanted) + 1, values
}

func (m *ServeMux) ServeHTTP(w ResponseWriter, r *Request) {
	best := -1
	var handler Handler = HandlerFunc(NotFound)
	for pattern, h := range m.handlers {
		if score, values := match(pattern, r); score > best {
			best, handler, r.values, r.Pattern = score, h, values, pattern
		}
	}
	handler.ServeHTTP(w, r)
}

func Handle(pattern string, handler Handler) { DefaultServeMux.Handle(pattern, handler) }
func HandleFunc(pattern string, f func(ResponseWriter, *Request)) {
	DefaultServeMux.HandleFunc(pattern, f)
}

func Error(w ResponseWriter, text string, code int) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	fmt.Fprintln(w, text)
}

func NotFound(w ResponseWriter, r *Request) { Error(w, "404 page not found", StatusNotFound) }
func NotFoundHandler() Handler              { return HandlerFunc(NotFound) }

func Redirect(w ResponseWriter, r *Request, url string, code int) {
	w.Header().Set("Location", url)
	w.WriteHeader(code)
}

// Server answers on a port.
type Server struct {
	Addr              string
	Handler           Handler
	ReadTimeout       time.Duration
	ReadHeaderTimeout time.Duration
	WriteTimeout      time.Duration
	IdleTimeout       time.Duration
	mu                sync.Mutex
	port              string
	done              chan struct{}
}

func (s *Server) ListenAndServe() error {
	port := s.Addr[strings.LastIndexByte(s.Addr, ':')+1:]
	if port == "" {
		port = "80"
	}
	handler := s.Handler
	if handler == nil {
		handler = DefaultServeMux
	}
	mu.Lock()
	if servers[port] != nil {
		mu.Unlock()
		return errors.New("listen tcp " + s.Addr + ": bind: address already in use")
	}
	servers[port] = handler
	mu.Unlock()
	s.mu.Lock()
	s.port = port
	if s.done == nil {
		s.done = make(chan struct{})
	}
	done := s.done
	s.mu.Unlock()
	<-done
	return ErrServerClosed
}

func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	mu.Lock()
	delete(servers, s.port)
	mu.Unlock()
	if s.done == nil {
		s.done = make(chan struct{})
	}
	select {
	case <-s.done:
	default:
		close(s.done)
	}
	return nil
}

func (s *Server) Shutdown(ctx context.Context) error { return s.Close() }

func ListenAndServe(addr string, handler Handler) error {
	return (&Server{Addr: addr, Handler: handler}).ListenAndServe()
}
