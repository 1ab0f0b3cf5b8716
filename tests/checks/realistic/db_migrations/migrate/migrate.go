// Package migrate applies SQL migrations in order.
package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"sort"
)

type Migration struct {
	Name string
	SQL  string
}

// Load reads all migrations of a file system.
func Load(fsys fs.FS) ([]Migration, error) {
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	ms := make([]Migration, 0, len(names))
	for _, n := range names {
		b, err := fs.ReadFile(fsys, n)
		if err != nil {
			return nil, err
		}
		ms = append(ms, Migration{n, string(b)})
	}
	return ms, nil
}

// Applied lists what was applied.
func Applied(ctx context.Context, db *sql.DB) (map[string]bool, error) {
	rows, err := db.QueryContext(ctx, "select name from migrations")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	done := map[string]bool{}
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		done[n] = true
	}
	return done, rows.Err()
}

// Apply keeps one connection a migration until all are done: the pool runs dry.
func Apply(ctx context.Context, db *sql.DB, ms []Migration) error {
	done, err := Applied(ctx, db)
	if err != nil {
		return err
	}
	for _, m := range ms {
		if done[m.Name] {
			continue
		}
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close() // want "warning: .*\[defer-in-loop\]"
		if _, err := conn.ExecContext(ctx, m.SQL); err != nil {
			return fmt.Errorf("%s: %w", m.Name, err)
		}
	}
	return nil
}

// ApplyEach has a function for one.
func ApplyEach(ctx context.Context, db *sql.DB, ms []Migration) (err error) {
	for _, m := range ms {
		err = errors.Join(err, applyOne(ctx, db, m))
	}
	return err
}

func applyOne(ctx context.Context, db *sql.DB, m Migration) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, m.SQL); err != nil {
		return fmt.Errorf("%s: %w", m.Name, err)
	}
	return tx.Commit()
}
