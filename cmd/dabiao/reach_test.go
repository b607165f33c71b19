package main

import (
	"net"
	"slices"
	"strings"
	"testing"
)

func TestReachableAddresses(t *testing.T) {
	tcp := func(ip string, port int) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: port} }
	for _, c := range []struct {
		name  string
		s     server
		at    net.Addr
		want  string
		alone bool
		url   string
	}{
		{"this machine only", server{}, tcp("127.0.0.1", 8080), "", true, "http://127.0.0.1:8080"},
		{"this machine only, by the newer address", server{}, tcp("::1", 8080), "", true, "http://[::1]:8080"},
		{"a proxy before it", server{trustProxy: "127.0.0.1"}, tcp("127.0.0.1", 8080), "", false, "http://127.0.0.1:8080"},
		{"one address", server{}, tcp("192.168.1.20", 8080), "http://192.168.1.20:8080", false, "http://192.168.1.20:8080"},
		{"the usual port", server{}, tcp("192.168.1.20", 80), "http://192.168.1.20", false, "http://192.168.1.20:80"},
		{"encrypted", server{tlsCert: "c", host: "dabiao.example.cn,dabiao"}, tcp("192.168.1.20", 443),
			"https://dabiao.example.cn https://dabiao https://192.168.1.20", false, "https://192.168.1.20:443"},
		{"the newer address", server{}, tcp("fd00::5", 8080), "http://[fd00::5]:8080", false, "http://[fd00::5]:8080"},
	} {
		r := c.s.reach(c.at)
		if got := strings.Join(r.Addresses, " "); got != c.want || r.Alone != c.alone {
			t.Errorf("%s: %q, alone %v", c.name, got, r.Alone)
		}
		if got := c.s.url(c.at); got != c.url {
			t.Errorf("%s: opened at %s, want %s", c.name, got, c.url)
		}
	}
	all := server{}.reach(tcp("0.0.0.0", 8080))
	if all.Alone || slices.ContainsFunc(all.Addresses, func(a string) bool {
		return strings.Contains(a, "127.0.0.1") || strings.Contains(a, "0.0.0.0") || strings.Contains(a, "fe80")
	}) {
		t.Errorf("all addresses: %v", all.Addresses)
	}
	if got := (server{}).url(tcp("::", 8080)); got != "http://127.0.0.1:8080" {
		t.Errorf("all addresses are opened at %s", got)
	}
}
