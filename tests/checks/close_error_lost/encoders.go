package main

import (
	"bytes"
	"encoding/hex"
	"io"
	"net/smtp"
)

// The server answers when the message has ended.
func sendMail(c *smtp.Client, b []byte) error {
	w, err := c.Data()
	if err != nil {
		return err
	}
	defer w.Close() // want "the error of closing `w` is dropped"
	_, err = w.Write(b)
	return err
}

func sendChecked(c *smtp.Client, b []byte) error {
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

func encode(out io.Writer, b []byte) error {
	e := hex.Dumper(out)
	defer e.Close() // want "the error of closing `e` is dropped"
	_, err := e.Write(b)
	return err
}

func dump(b []byte) string {
	var out bytes.Buffer
	d := hex.Dumper(&out)
	defer d.Close()
	d.Write(b)
	return out.String()
}
