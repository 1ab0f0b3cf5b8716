// Package migrate applies numbered changes to a database.
package migrate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"path"
	"sort"
	"strings"
	"time"
)

type Migrator struct {
	db  *sql.DB
	src fs.FS
	log *log.Logger
}

// Up applies each file in a transaction; its deferred rollbacks pile up.
func (m *Migrator) Up(ctx context.Context) error {
	files, err := m.files()
	if err != nil {
		return err
	}
	for _, f := range files {
		tx, err := m.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // want "^warning: "
		if err := m.apply(ctx, tx, f); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func (m *Migrator) apply(ctx context.Context, tx *sql.Tx, name string) error {
	b, err := fs.ReadFile(m.src, name)
	if err != nil {
		return err
	}
	for _, stmt := range strings.Split(string(b), ";\n") {
		if strings.TrimSpace(stmt) == "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, stmt); err != nil {
			return err
		}
	}
	return nil
}

func (m *Migrator) files() ([]string, error) {
	es, err := fs.ReadDir(m.src, ".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range es {
		if path.Ext(e.Name()) == ".sql" {
			names = append(names, e.Name())
		}
	}
	sort.Strings(names)
	return names, nil
}

// Begin rolls back a transaction that did not begin.
func (m *Migrator) Begin(ctx context.Context) error {
	tx, err := m.db.BeginTx(ctx, nil)
	defer tx.Rollback()
	if err != nil {
		return err
	}
	return tx.Commit()
}

// Rows closes rows that were not given.
func (m *Migrator) Applied(ctx context.Context) (vs []string, err error) {
	rows, err := m.db.QueryContext(ctx, "select v from migrations")
	defer rows.Close()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		vs = append(vs, v)
	}
	return vs, rows.Err()
}

// Single declares the rollback after the check, in a literal with the result's error.
func (m *Migrator) Single(ctx context.Context, name string) (err error) {
	tx, err := m.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if err == nil {
			return
		}
		if rerr := tx.Rollback(); rerr != nil && !errors.Is(rerr, sql.ErrTxDone) {
			err = errors.Join(err, rerr)
		}
	}()
	if err := m.apply(ctx, tx, name); err != nil {
		return err
	}
	return tx.Commit()
}

// Elapsed logs when the call began and how long it took.
func (m *Migrator) Elapsed(ctx context.Context) error {
	defer func(start time.Time) {
		m.log.Printf("up: %v", time.Since(start))
	}(time.Now())
	return m.Up(ctx)
}

// ElapsedBad gives the duration as an argument.
func (m *Migrator) ElapsedBad(ctx context.Context) error {
	start := time.Now()
	defer func(d time.Duration) {
		m.log.Printf("up: %v", d)
	}(time.Since(start))
	return m.Up(ctx)
}

// Steps counts, and passes the count by value to a deferred call.
func (m *Migrator) Steps(ctx context.Context, names []string) error {
	done := 0
	defer m.log.Println("applied", done, "of", len(names))
	for _, n := range names {
		if err := m.Single(ctx, n); err != nil {
			return err
		}
		done++
	}
	return nil
}
