// Package redis has what the tests need of github.com/redis/go-redis/v9.
package redis

import (
	"context"
)

type Options struct{ Addr string }
type Client struct{ n int }
type PubSub struct{ n int }

func NewClient(opt *Options) *Client                                        { return &Client{} }
func (c *Client) Close() error                                              { return nil }
func (c *Client) Ping(ctx context.Context) error                            { return nil }
func (c *Client) Subscribe(ctx context.Context, channels ...string) *PubSub { return &PubSub{} }
func (p *PubSub) Close() error                                              { return nil }
func (p *PubSub) Receive(ctx context.Context) (any, error)                  { return nil, nil }
