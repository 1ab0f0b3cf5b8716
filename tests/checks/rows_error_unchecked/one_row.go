package p

import "database/sql"

type repo[E any] struct {
	stmt *sql.Stmt
	scan func(*sql.Rows) (E, error)
	key  func(E) int64
}

// What scans one row does not ask for the error of the loop.
func (r *repo[E]) byKey() (map[int64]E, error) {
	rows, err := r.stmt.Query()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	m := map[int64]E{}
	for rows.Next() { // want "is false at the end and after an error alike"
		if e, err := r.scan(rows); err == nil {
			m[r.key(e)] = e
		}
	}
	return m, nil
}

func (r *repo[E]) all() ([]E, error) {
	rows, err := r.stmt.Query()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var es []E
	for rows.Next() {
		e, err := r.scan(rows)
		if err != nil {
			return nil, err
		}
		es = append(es, e)
	}
	return es, rows.Err()
}

// Who is given them after the loop may ask.
func (r *repo[E]) handedOver(end func(*sql.Rows) error) error {
	rows, err := r.stmt.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if _, err := r.scan(rows); err != nil {
			return err
		}
	}
	return end(rows)
}
