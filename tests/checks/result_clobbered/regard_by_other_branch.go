package result_clobbered

import (
	"database/sql"
	"errors"
	"fmt"
)

// The second branch is only for a nil error: with another one, the first was
// taken.
func each(rows *sql.Rows, do func(*sql.Rows) error) (err error) {
	defer func() {
		closeErr := rows.Close()
		if closeErr != nil && err != nil {
			err = fmt.Errorf("%w; also while closing: %w", err, closeErr)
		} else if closeErr != nil {
			err = closeErr
		}
	}()
	for rows.Next() {
		err = do(rows)
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

func eachBySwitch(rows *sql.Rows, do func(*sql.Rows) error) (err error) {
	defer func() {
		closeErr := rows.Close()
		switch {
		case closeErr != nil && err != nil:
			err = errors.Join(err, closeErr)
		case closeErr != nil:
			err = closeErr
		}
	}()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// The first branch hangs on something else besides.
func eachQuietly(rows *sql.Rows, isQuiet bool, do func(*sql.Rows) error) (err error) {
	defer func() {
		closeErr := rows.Close()
		if isQuiet && err != nil {
			return
		} else if closeErr != nil {
			err = closeErr // want "this overwrites the error that `err` may hold"
		}
	}()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
