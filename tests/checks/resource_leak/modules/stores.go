package app

import (
	"context"
	"errors"
	"io"

	"cloud.google.com/go/storage"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/cockroachdb/pebble"
	"github.com/dgraph-io/badger/v4"
	"github.com/gomodule/redigo/redis"
	"github.com/minio/minio-go/v7"
	goredis "github.com/redis/go-redis/v9"
	"github.com/syndtr/goleveldb/leveldb"
	"go.etcd.io/bbolt"
	"go.mongodb.org/mongo-driver/mongo"
)

func mongoFind(ctx context.Context, c *mongo.Collection, into any) error {
	cursor, err := c.Find(ctx, nil) // want "`cursor` may be still open"
	if err != nil {
		return err
	}
	for cursor.Next(ctx) {
		if err := cursor.Decode(into); err != nil {
			return err
		}
	}
	if err := cursor.Err(); err != nil {
		return err
	}
	return cursor.Close(ctx)
}

// All reads the rest and closes.
func mongoAll(ctx context.Context, c *mongo.Collection, into any) error {
	cursor, err := c.Find(ctx, nil)
	if err != nil {
		return err
	}
	return cursor.All(ctx, into)
}

func mongoSession(ctx context.Context, c *mongo.Client) error {
	session, err := c.StartSession() // want "`session` may be not ended when `mongoSession` returns at line 51"
	if err != nil {
		return err
	}
	if err := session.StartTransaction(); err != nil {
		return err
	}
	session.EndSession(ctx)
	return nil
}

func redisPing(ctx context.Context, address string) error {
	c := goredis.NewClient(&goredis.Options{Addr: address}) // want "`c` may be still open when `redisPing` returns at line 60: .*\(client\)"
	if err := c.Ping(ctx); err != nil {
		return err
	}
	return c.Close()
}

type cache struct{ client *goredis.Client }

func newCache(address string) *cache {
	c := goredis.NewClient(&goredis.Options{Addr: address})
	return &cache{client: c}
}

func redisSubscribe(ctx context.Context, c *goredis.Client) error {
	sub := c.Subscribe(ctx, "news") // want "`sub` may be still open"
	_, err := sub.Receive(ctx)
	return err
}

func redigoPool(p *redis.Pool) (any, error) {
	c := p.Get() // want "`c` may be still open"
	return c.Do("PING")
}

func redigoClosed(p *redis.Pool) (any, error) {
	c := p.Get()
	defer c.Close()
	return c.Do("PING")
}

func s3Get(ctx context.Context, c *s3.Client) ([]byte, error) {
	out, err := c.GetObject(ctx, &s3.GetObjectInput{}) // want "the body of `out` may be still open"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(out.Body)
}

func s3Closed(ctx context.Context, c *s3.Client) ([]byte, error) {
	out, err := c.GetObject(ctx, &s3.GetObjectInput{})
	if err != nil {
		return nil, err
	}
	defer out.Body.Close()
	return io.ReadAll(out.Body)
}

func s3Open(ctx context.Context, c *s3.Client) (io.ReadCloser, error) {
	out, err := c.GetObject(ctx, &s3.GetObjectInput{})
	if err != nil {
		return nil, err
	}
	return out.Body, nil
}

func badgerSet(db *badger.DB, key []byte) error {
	txn := db.NewTransaction(true) // want "`txn` may be neither committed nor rolled back when `badgerSet` returns at line 117"
	if err := txn.Set(key, nil); err != nil {
		return err
	}
	return txn.Commit()
}

func badgerWalk(db *badger.DB) (n int) {
	txn := db.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(badger.IteratorOptions{}) // want "`it` may be still open .*\(iterator\)"
	for it.Rewind(); it.Valid(); it.Next() {
		n++
	}
	return n
}

func boltPut(db *bbolt.DB, key string) error {
	tx, err := db.Begin(true)
	if err != nil {
		return err
	}
	if err := tx.Put(key); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func leveldbCount(db *leveldb.DB) (n int, err error) {
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		n++
	}
	return n, it.Error()
}

func pebbleGet(db *pebble.DB, key []byte) (int, error) {
	value, closer, err := db.Get(key) // want "`closer` may be still open .*\(pinned-value\)"
	if err != nil {
		return 0, err
	}
	if len(value) == 0 {
		return 0, nil
	}
	return len(value), closer.Close()
}

// In this version there is no error beside the iterator.
func pebbleFirst(db *pebble.DB) bool {
	it := db.NewIter(nil) // want "`it` may be still open"
	return it.First()
}

func minioRead(ctx context.Context, c *minio.Client) ([]byte, error) {
	o, err := c.GetObject(ctx, "bucket", "name") // want "`o` may be still open .*\(object\)"
	if err != nil {
		return nil, err
	}
	return io.ReadAll(o)
}

func gcsCopy(ctx context.Context, from, to *storage.ObjectHandle) error {
	r, err := from.NewReader(ctx) // want "`r` may be still open"
	if err != nil {
		return err
	}
	w := to.NewWriter(ctx)
	if _, err := io.Copy(w, r); err != nil {
		return err
	}
	return w.Close()
}
