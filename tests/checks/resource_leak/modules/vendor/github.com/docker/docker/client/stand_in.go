// Package client has what the tests need of github.com/docker/docker/client.
package client

import (
	"context"
	"io"
)

type Opt func(*Client) error

type Client struct{ n int }

func FromEnv(c *Client) error { return nil }

func NewClientWithOpts(ops ...Opt) (*Client, error) { return &Client{}, nil }

func (c *Client) Close() error { return nil }

func (c *Client) ImagePull(ctx context.Context, ref string) (io.ReadCloser, error) {
	return nil, nil
}

func (c *Client) CopyFromContainer(ctx context.Context, id, path string) (io.ReadCloser, int, error) {
	return nil, 0, nil
}

type ContainerAPIClient interface {
	ContainerLogs(ctx context.Context, id string) (io.ReadCloser, error)
}

type APIClient interface {
	ContainerAPIClient
	Close() error
}
