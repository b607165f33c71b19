package web

import (
	"net"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// address is where a request comes from. Behind a trusted proxy it is the last address of
// X-Forwarded-For that is no proxy of ours: what stands before it was written by the sender, who
// could otherwise try passwords under ever new addresses.
func (s *Server) address(c *fiber.Ctx) string {
	if len(s.Proxies) == 0 || !c.IsProxyTrusted() {
		return whole(c.Context().RemoteIP())
	}
	forwarded := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for _, text := range slices.Backward(forwarded) {
		ip := net.ParseIP(strings.TrimSpace(text))
		if ip == nil {
			break
		}
		if !s.isProxy(ip) {
			return whole(ip)
		}
	}
	return whole(c.Context().RemoteIP())
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
