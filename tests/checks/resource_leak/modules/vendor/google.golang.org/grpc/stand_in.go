// Package grpc has what the tests need of google.golang.org/grpc.
package grpc

type ClientConn struct{ n int }
type DialOption interface{ apply() }

func NewClient(target string, opts ...DialOption) (*ClientConn, error) { return &ClientConn{}, nil }
func (c *ClientConn) Close() error                                     { return nil }
func (c *ClientConn) Invoke(method string) error                       { return nil }
