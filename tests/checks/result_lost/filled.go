package p

import (
	"database/sql"
	"encoding/json"
	"flag"
	"log"
	"os"
)

func count(row *sql.Row) (int, error) {
	n := 0
	defer func() {
		if r := recover(); r != nil {
			log.Println(r)
			n = -1 // want "`n`"
		}
	}()
	err := row.Scan(&n)
	return n, err
}

func parsed(data []byte) (map[string]int, error) {
	var m map[string]int
	defer func() {
		m = nil // want "`m`"
	}()
	err := json.Unmarshal(data, &m)
	return m, err
}

// The flag set keeps the pointer.
func flagged(flags *flag.FlagSet) int {
	n := 0
	flags.IntVar(&n, "n", 1, "how many")
	defer func() { n = 2 }()
	return n
}

func hidden(name string) (err error) {
	if name != "" {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer func() {
			if cerr := f.Close(); err == nil {
				err = cerr // want "`err` is another variable than the result of that name"
			}
		}()
	}
	return err
}
