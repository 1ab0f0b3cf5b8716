package p

import (
	"fmt"
	"net"
	"net/http"
	"net/smtp"
	"net/url"
)

// Whoever can tell the type of the error has one.
func wantsURLError(c *http.Client, addr string) error {
	resp, err := c.Get(addr)
	ue, ok := err.(*url.Error)
	if !ok {
		if err == nil {
			resp.Body.Close()
		}
		return fmt.Errorf("%v is no *url.Error", err)
	}
	fmt.Println(ue.Op)
	return nil
}

func otherAssertion(c *http.Client, addr string) error {
	resp, err := c.Get(addr) // want "the body of `resp` may be still open"
	if err == nil {
		_, ok := any(c).(fmt.Stringer)
		if ok {
			return nil
		}
		return resp.Body.Close()
	}
	return err
}

// The client closes the connection that it is given, and so may whoever has
// that.
func hello(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	client, err := smtp.NewClient(conn, addr)
	if err != nil {
		return err
	}
	return client.Hello("localhost")
}

func helloByClient(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	client, err := smtp.NewClient(conn, addr)
	if err != nil {
		conn.Close()
		return err
	}
	defer client.Close()
	return client.Hello("localhost")
}
