package app

import (
	"context"
	"io"

	"github.com/docker/docker/client"
	"github.com/timshannon/bolthold"
)

func pull(ctx context.Context, ref string) error {
	cli, err := client.NewClientWithOpts(client.FromEnv) // want "`cli` may be still open when `pull` returns at line 18: .*\(client\)"
	if err != nil {
		return err
	}
	r, err := cli.ImagePull(ctx, ref) // want "`r` may be still open when `pull` returns at line 21: .*\(object\)"
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return err
}

func copyOut(ctx context.Context, cli *client.Client, w io.Writer) error {
	r, _, err := cli.CopyFromContainer(ctx, "id", "/etc") // want "`r` may be still open when `copyOut` returns at line 30: .*\(object\)"
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
}

func logs(ctx context.Context, cli client.APIClient, w io.Writer) error {
	r, err := cli.ContainerLogs(ctx, "id") // want "`r` may be still open when `logs` returns at line 39: .*\(object\)"
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return err
}

func logsClosed(ctx context.Context, cli client.APIClient, w io.Writer) error {
	r, err := cli.ContainerLogs(ctx, "id")
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}

func cached(name, key string) (string, error) {
	db, err := bolthold.Open(name) // want "`db` may be still open when `cached` returns at line 58: .*\(database\)"
	if err != nil {
		return "", err
	}
	var s string
	return s, db.Get(key, &s)
}
