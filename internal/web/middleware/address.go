package middleware

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Address is where a request comes from. Behind a trusted proxy it is the last address of
// X-Forwarded-For that is no proxy of ours: what stands before it was written by the sender, who
// could otherwise try passwords under ever new addresses.
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

// forwarded are the addresses a request was handed on for, the nearest last. Lines of the same name
// are one list (RFC 9110, 5.3): a proxy may write a line of its own below the sender's.
func forwarded(c *fiber.Ctx) []string {
	var all []string
	for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
		all = append(all, strings.Split(string(line), ",")...)
	}
	return all
}

// forwardedIP reads an address as proxies write it: alone, with a port, in brackets, with a zone;
// nil when it is none.
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

// whole is an address as attempts are counted by: of IPv6 the network of 64 bits, all of which one
// sender has.
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
