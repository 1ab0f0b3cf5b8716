package errorlent

import (
	"context"
	"database/sql"
	"errors"
)

type handle struct{ *sql.DB }

type unit struct {
	*sql.Tx
	after []func()
}

func settle(tx *sql.Tx, errp *error) {
	if *errp != nil {
		*errp = errors.Join(*errp, tx.Rollback())
		return
	}
	*errp = tx.Commit()
}

func note(errp *error) {}

// The deferred literal lends its address: the check before it holds all the
// same.
func (h *handle) lent(ctx context.Context, f func(*sql.Tx) error) (err error) {
	tx, err := h.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		note(&err)
		settle(tx, &err)
	}()
	return f(tx)
}

// Some way out does without.
func (h *handle) forgotten(ctx context.Context, name string) (err error) {
	tx, err := h.BeginTx(ctx, nil) // want "`tx` may be neither committed nor rolled back"
	if err != nil {
		return err
	}
	if name == "" {
		return errors.New("no name")
	}
	defer func() {
		note(&err)
		settle(tx, &err)
	}()
	_, err = tx.ExecContext(ctx, name)
	return err
}

// begin gives a unit that wraps the transaction, and what ends it.
func (h *handle) begin(ctx context.Context) (*unit, func(*error), error) {
	tx, err := h.BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	u := &unit{Tx: tx}
	return u, func(errp *error) {
		if *errp != nil {
			_ = tx.Rollback()
			return
		}
		*errp = tx.Commit()
	}, nil
}

func (h *handle) ended(ctx context.Context, name string) (err error) {
	u, end, err := h.begin(ctx)
	if err != nil {
		return err
	}
	defer end(&err)
	_, err = u.ExecContext(ctx, name)
	return err
}

func (h *handle) guarded(ctx context.Context, f func(*unit) error) (err error) {
	u, end, err := h.begin(ctx)
	if err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			_ = u.Rollback()
			panic(r)
		}
		end(&err)
	}()
	return f(u)
}

func (h *handle) open(ctx context.Context, name string) (err error) {
	u, end, err := h.begin(ctx) // want "nothing on that way calls `end`"
	if err != nil {
		return err
	}
	if _, err = u.ExecContext(ctx, name); err != nil {
		return err
	}
	end(&err)
	return err
}
