package middleware

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Address returns the address that a request comes from. Behind a trusted proxy it is the last one in
// X-Forwarded-For that is not a trusted proxy. Those before it were written by the client, who could
// otherwise try passwords under ever new addresses.
func (s *Server) Address(c *fiber.Ctx) string {
	if len(s.Proxies) == 0 || !c.IsProxyTrusted() {
		return whole(c.Context().RemoteIP())
	}
	for _, text := range slices.Backward(forwarded(c)) {
		ip := forwardedIP(text)
		if ip == nil {
			break
		}
		if !s.isProxy(ip) {
			return whole(ip)
		}
	}
	return whole(c.Context().RemoteIP())
}

// forwarded returns the addresses in X-Forwarded-For, the nearest last. Repeated headers form one list
// (RFC 9110, 5.3): a proxy may add a header of its own below the client's.
func forwarded(c *fiber.Ctx) []string {
	var all []string
	for _, header := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		all = append(all, strings.Split(string(header), ",")...)
	}
	return all
}

// forwardedIP parses an address as proxies write it: alone, with a port, in brackets or with a zone. It
// returns nil for anything else.
func forwardedIP(text string) net.IP {
	text = strings.Trim(strings.TrimSpace(text), `"`)
	if at, err := netip.ParseAddrPort(text); err == nil {
		return at.Addr().WithZone("").Unmap().AsSlice()
	}
	if inner, ok := strings.CutPrefix(text, "["); ok {
		text = strings.TrimSuffix(inner, "]")
	}
	at, err := netip.ParseAddr(text)
	if err != nil {
		return nil
	}
	return at.WithZone("").Unmap().AsSlice()
}

// whole returns the address that attempts are counted by. For IPv6 it is the /64 network, since one client
// has all of it.
func whole(ip net.IP) string {
	if ip.To4() == nil {
		ip = ip.Mask(net.CIDRMask(64, 128))
	}
	return ip.String()
}

func (s *Server) isProxy(ip net.IP) bool {
	for _, p := range s.Proxies {
		if _, network, err := net.ParseCIDR(p); err == nil && network.Contains(ip) || ip.Equal(net.ParseIP(p)) {
			return true
		}
	}
	return false
}
