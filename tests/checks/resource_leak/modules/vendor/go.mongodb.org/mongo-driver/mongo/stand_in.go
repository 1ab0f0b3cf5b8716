// Package mongo has what the tests need of go.mongodb.org/mongo-driver/mongo.
package mongo

import (
	"context"
)

type Client struct{ n int }
type Collection struct{ n int }
type Cursor struct{ n int }

type Session interface {
	EndSession(ctx context.Context)
	StartTransaction() error
}

func (c *Client) StartSession() (Session, error)                            { return nil, nil }
func (c *Client) Disconnect(ctx context.Context) error                      { return nil }
func Connect(ctx context.Context) (*Client, error)                          { return &Client{}, nil }
func (c *Collection) Find(ctx context.Context, filter any) (*Cursor, error) { return &Cursor{}, nil }
func (c *Cursor) Close(ctx context.Context) error                           { return nil }
func (c *Cursor) Next(ctx context.Context) bool                             { return false }
func (c *Cursor) Decode(v any) error                                        { return nil }
func (c *Cursor) Err() error                                                { return nil }
func (c *Cursor) All(ctx context.Context, results any) error                { return nil }
