package app

import (
	"net"
	"testing"

	. "github.com/onsi/gomega"
)

func TestNobodyListens(t *testing.T) {
	_, err := net.Dial("tcp", "localhost:80")
	Expect(err).To(HaveOccurred())
	_, err = net.Dial("tcp", "localhost:81")
	Expect(err).NotTo(Succeed())
	_, err = net.Dial("tcp", "localhost:82")
	Expect(err).To(MatchError("connection refused"))
}

func TestListens(t *testing.T) {
	_, err := net.Dial("tcp", "localhost:80") // want "may be still open"
	Expect(err).NotTo(HaveOccurred())
	conn, err := net.Dial("tcp", "localhost:81")
	Expect(err).NotTo(HaveOccurred())
	Expect(conn.Close()).To(Succeed())
}
