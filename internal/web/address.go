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
		return c.Context().RemoteIP().String()
	}
	forwarded := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for _, text := range slices.Backward(forwarded) {
		ip := net.ParseIP(strings.TrimSpace(text))
		if ip == nil {
			break
		}
		if !s.isProxy(ip) {
			return ip.String()
		}
	}
	return c.Context().RemoteIP().String()
}

func (s *Server) isProxy(ip net.IP) bool {
	for _, p := range s.Proxies {
		if _, network, err := net.ParseCIDR(p); err == nil && network.Contains(ip) || ip.Equal(net.ParseIP(p)) {
			return true
		}
	}
	return false
}
