package p

import (
	"errors"
	"io"
	"strings"
	"sync"
)

var shared sync.Mutex

func step() {}

// Questions that are asked twice have one answer.

func byLength(names []string) {
	if len(names) > 0 {
		shared.Lock()
	}
	step()
	if len(names) != 0 {
		shared.Unlock()
	}
}

func byPrefix(path string) {
	if strings.HasPrefix(path, "/") {
		shared.Lock()
	}
	step()
	if strings.HasPrefix(path, "/") {
		shared.Unlock()
	}
}

func byError(err error) {
	isEnd := errors.Is(err, io.EOF)
	if !isEnd {
		shared.Lock()
	}
	step()
	if !errors.Is(err, io.EOF) {
		shared.Unlock()
	}
}

func byOrder(n, limit int) {
	if n >= limit {
		shared.Lock()
	}
	step()
	if n < limit {
		return
	}
	shared.Unlock()
}

func byOtherSide(n int) {
	if n > 3 {
		shared.Lock()
	}
	step()
	if 3 < n {
		shared.Unlock()
	}
}

type address struct{ network, host string }

func (a address) isUnix() bool { return strings.HasPrefix(a.network, "unix") }

func byMethod(a address) {
	if a.isUnix() {
		shared.Lock()
	}
	step()
	if a.isUnix() {
		shared.Unlock()
	}
}

type cache struct {
	mu      sync.Mutex
	entries map[string]int
	bounded bool
}

func (c *cache) isBounded() bool { return c.bounded && c.entries != nil }

func (c *cache) reset() {
	c.entries = nil
}

func (c *cache) byPointer() {
	if c.isBounded() {
		c.mu.Lock()
	}
	step()
	if c.isBounded() {
		c.mu.Unlock()
	}
}

// What has one value has no other.

func byConstants(mode int) {
	if mode == 1 {
		shared.Lock()
	}
	step()
	if mode == 2 {
		return
	}
	if mode == 1 {
		shared.Unlock()
	}
}

func bySwitch(mode string) error {
	switch mode {
	case "r":
		shared.Lock()
	case "w":
	default:
		return io.ErrUnexpectedEOF
	}
	step()
	if mode == "w" {
		return nil
	}
	shared.Unlock()
	return nil
}

func byPrefixes(network string) {
	if strings.HasPrefix(network, "ip") {
		shared.Lock()
	}
	step()
	if strings.HasPrefix(network, "unix") || network == "fd" {
		return
	}
	if strings.HasPrefix(network, "ip") {
		shared.Unlock()
	}
}

func isUnixNetwork(network string) bool { return strings.HasPrefix(network, "unix") }

func byPrefixOfHelper(network string) {
	if strings.HasPrefix(network, "ip") {
		shared.Lock()
	}
	step()
	if isUnixNetwork(network) {
		return
	}
	if strings.HasPrefix(network, "ip") {
		shared.Unlock()
	}
}

func isNoUnix(network string) bool { return network != "unix" }

// Other questions, or another answer.

func byOppositeOfHelper(network string) {
	if network == "ip" {
		shared.Lock() // want "may still be locked when `byOppositeOfHelper` returns"
	}
	step()
	if isNoUnix(network) {
		return
	}
	if network == "ip" {
		shared.Unlock()
	}
}

func byOtherLength(names, values []string) {
	if len(names) > 0 {
		shared.Lock() // want "`shared` may still be locked when `byOtherLength` returns"
	}
	step()
	if len(values) > 0 {
		shared.Unlock()
	}
}

func byGrownList(names []string) {
	if len(names) == 0 {
		shared.Lock() // want "may still be locked when `byGrownList` returns"
	}
	names = append(names, "x")
	if len(names) == 0 {
		shared.Unlock()
	}
}

func byGrownMap(m map[string]int) {
	if len(m) == 0 {
		shared.Lock() // want "may still be locked when `byGrownMap` returns"
	}
	m["x"]++
	if len(m) == 0 {
		shared.Unlock()
	}
}

func (c *cache) byChangedPointer() {
	if c.isBounded() {
		c.mu.Lock() // want "may still be locked when `\(\*cache\).byChangedPointer` returns"
	}
	c.reset()
	if c.isBounded() {
		c.mu.Unlock()
	}
}

func byLongerPrefix(network string) {
	if strings.HasPrefix(network, "unix") {
		shared.Lock() // want "may still be locked when `byLongerPrefix` returns"
	}
	step()
	if strings.HasPrefix(network, "unixgram") {
		return
	}
	if strings.HasPrefix(network, "unix") {
		shared.Unlock()
	}
}

func eachByPrefix(paths []string) {
	for _, path := range paths {
		if strings.HasPrefix(path, "/") {
			shared.Lock()
		}
		step()
		if strings.HasPrefix(path, "/") {
			shared.Unlock()
		}
	}
}

func byNumber(retry int) {
	if retry == 0 {
		shared.Lock()
		defer shared.Unlock()
	}
	if retry > 0 {
		shared.Lock()
		defer shared.Unlock()
	}
}

func byRanges(n int) {
	if n <= 3 {
		shared.Lock()
	}
	step()
	if n > 7 {
		return
	}
	if n < 4 {
		shared.Unlock()
	}
}

func byOtherRanges(n int) {
	if n <= 3 {
		shared.Lock() // want "may still be locked when `byOtherRanges` returns"
	}
	step()
	if n >= 3 {
		return
	}
	shared.Unlock()
}

func byNegative(n int) {
	if n == 0 {
		shared.Lock()
	}
	step()
	if n < 0 {
		return
	}
	if n >= 1 {
		return
	}
	shared.Unlock()
}
