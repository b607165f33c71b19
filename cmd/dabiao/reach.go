package main

import (
	"cmp"
	"net"
	"slices"
	"strconv"

	"dabiao/internal/web/page"
)

// reach says under which addresses other machines open a server that listens on addr: the names its operator gave,
// then this machine's own addresses, those of local networks first. Behind a proxy only the proxy's names count.
func (s server) reach(addr net.Addr) page.Reach {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return page.Reach{}
	}
	out := page.Reach{Port: tcp.Port, Alone: tcp.IP.IsLoopback() && s.trustProxy == ""}
	for _, name := range split(s.host) {
		if s.trustProxy == "" && !out.Alone {
			out.Addresses = append(out.Addresses, s.address(name, tcp.Port))
		}
	}
	if s.trustProxy != "" || out.Alone {
		return out
	}
	ips := []net.IP{tcp.IP}
	if tcp.IP.IsUnspecified() {
		ips = machineIPs()
	}
	for _, ip := range ips {
		out.Addresses = append(out.Addresses, s.address(ip.String(), tcp.Port))
	}
	return out
}

// address returns a host under the server's scheme, with the port where browsers need it.
func (s server) address(host string, port int) string {
	scheme, usual := "http", 80
	if s.tlsCert != "" {
		scheme, usual = "https", 443
	}
	if port == usual {
		if ip := net.ParseIP(host); ip != nil && ip.To4() == nil {
			host = "[" + host + "]"
		}
		return scheme + "://" + host
	}
	return scheme + "://" + net.JoinHostPort(host, strconv.Itoa(port))
}

// machineIPs returns the addresses of this machine's networks, those of local networks in the older form first;
// none that only the machine itself or its next neighbour knows.
func machineIPs() (out []net.IP) {
	all, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
			out = append(out, n.IP)
		}
	}
	rank := func(ip net.IP) int {
		switch {
		case ip.To4() != nil && ip.IsPrivate():
			return 0
		case ip.To4() != nil:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(out, func(a, b net.IP) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}
