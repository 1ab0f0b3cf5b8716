// Command logship sends the log files of a folder to a collector, and keeps a compressed
// copy of each.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"

	"example.com/logship/ship"
)

func main() {
	collector := flag.String("collector", "localhost:5140", "address of the collector")
	archive := flag.String("archive", "archive", "folder for compressed copies")
	flag.Parse()

	names, err := filepath.Glob(filepath.Join(flag.Arg(0), "*.log"))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.MkdirAll(*archive, 0o755); err != nil {
		log.Fatal(err)
	}
	sent, err := ship.Send(*collector, names)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("sent %d bytes of %d files", sent, len(names))
	if err := ship.Archive(*archive, names); err != nil {
		log.Fatal(err)
	}
}
