package main

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/smtp"
	"os"
)

// What is returned closes the connection that it was made of.
func dialMail(addr string) (*smtp.Client, error) {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c, err := smtp.NewClient(nc, "localhost")
	if err != nil {
		nc.Close()
		return nil, err
	}
	return c, nil
}

func verify(addr, user string) error {
	c, err := dialMail(addr) // want "`c` may be still open when `verify` returns"
	if err != nil {
		return err
	}
	if err := c.Verify(user); err != nil {
		return err
	}
	return c.Close()
}

func verifyAndQuit(addr, user string) error {
	c, err := dialMail(addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Verify(user); err != nil {
		return err
	}
	return c.Quit()
}

func dialTLS(addr string) (*tls.Conn, error) {
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return tls.Client(nc, nil), nil
}

func peer(addr string) (string, error) {
	c, err := dialTLS(addr) // want "`c` may be still open when `peer` returns"
	if err != nil {
		return "", err
	}
	if err := c.Handshake(); err != nil {
		return "", err
	}
	defer c.Close()
	return c.ConnectionState().ServerName, nil
}

// A request's body is closed by what sends it.
func upload(url, name string) (*http.Request, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return http.NewRequest(http.MethodPut, url, f)
}

func send(url, name string) (int, error) {
	req, err := upload(url, name)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}
