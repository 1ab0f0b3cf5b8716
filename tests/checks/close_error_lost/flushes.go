package p

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
)

func export(name string, lines []string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	w := bufio.NewWriter(f)
	defer w.Flush() // want "the error of flushing `w` is dropped"
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
	return nil
}

func explicit(f *os.File, lines []string) error {
	w := bufio.NewWriter(f)
	for _, line := range lines {
		if _, err := w.WriteString(line); err != nil {
			return err
		}
	}
	w.Flush() // want "the error of flushing `w` is dropped"
	return nil
}

func never(f *os.File, lines []string) {
	w := bufio.NewWriter(f) // want "nothing flushes `w`"
	for _, line := range lines {
		w.WriteString(line)
	}
}

func rows(f *os.File, rows [][]string) error {
	w := csv.NewWriter(f)
	defer w.Flush() // want "the error of flushing `w` is not asked for"
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func given(out io.Writer, rows [][]string) error {
	w := csv.NewWriter(out)
	for _, row := range rows {
		w.Write(row)
	}
	w.Flush() // want "the error of flushing `w` is not asked for"
	return nil
}

func table(f *os.File) error {
	b := bufio.NewWriter(f)
	defer b.Flush() // want "the error of flushing `b` is dropped"
	w := tabwriter.NewWriter(b, 0, 8, 1, ' ', 0)
	fmt.Fprintln(w, "a\tb")
	return w.Flush()
}

// Look-alikes.

func onTop(f *os.File) *tabwriter.Writer {
	b := bufio.NewWriter(f)
	fmt.Fprintln(b, "head")
	return tabwriter.NewWriter(b, 0, 8, 1, ' ', 0)
}

func checked(f *os.File, lines []string) error {
	w := bufio.NewWriter(f)
	defer w.Flush()
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
	return w.Flush()
}

func asked(f *os.File, rows [][]string) error {
	w := csv.NewWriter(f)
	for _, row := range rows {
		w.Write(row)
	}
	w.Flush()
	return w.Error()
}

func all(f *os.File, rows [][]string) error {
	w := csv.NewWriter(f)
	defer w.Flush()
	return w.WriteAll(rows)
}

func toMemory(lines []string) string {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	for _, line := range lines {
		w.WriteString(line)
	}
	w.Flush()
	return b.String()
}

func toScreen(lines []string) {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
}

type sink struct{ w *bufio.Writer }

func kept(f *os.File) *sink {
	w := bufio.NewWriter(f)
	w.WriteString("begin")
	return &sink{w: w}
}

func byHelper(f *os.File) error {
	w := bufio.NewWriter(f)
	w.WriteString("begin")
	return finish(w)
}

func finish(w *bufio.Writer) error { return w.Flush() }

func meant(f *os.File) error {
	w := bufio.NewWriter(f)
	w.WriteString("begin")
	_ = w.Flush()
	return nil
}

func onError(f *os.File, line string) error {
	w := bufio.NewWriter(f)
	if _, err := w.WriteString(line); err != nil {
		w.Flush()
		return err
	}
	return w.Flush()
}
