package main

import (
	"context"
	"database/sql"
	"log"
	"os"
	"path/filepath"

	"case.example/dbmigrations/migrate"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: migrate DRIVER DSN DIR")
	}
	lock := filepath.Join(os.Args[3], ".lock")
	if err := os.Mkdir(lock, 0o700); err != nil {
		log.Fatal(err)
	}
	defer os.Remove(lock)
	db, err := sql.Open(os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err) // want "warning: .*\[defer-skipped-by-exit\]"
	}
	defer db.Close()
	ms, err := migrate.Load(os.DirFS(os.Args[3]))
	if err != nil {
		log.Fatal(err) // want "warning: .*\[defer-skipped-by-exit\]"
	}
	if err := migrate.ApplyEach(context.Background(), db, ms); err != nil {
		log.Print(err)
	}
}
