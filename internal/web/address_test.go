package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"dabiao/internal/web/middleware"
)

// A proxy may write a line of its own below the sender's: whatever the sender writes, the address a
// wrong password counts for stays the same.
func TestNoForwardedLineOfTheSenderMakesANewAddress(t *testing.T) {
	o := smallOffice(t)
	server, err := New(middleware.Config{App: o.app, Log: o.Log, Proxies: []string{"0.0.0.0", "10.0.0.0/8"}})
	must(t, err)
	for name, lines := range map[string]func(i int) []string{
		"two lines": func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d", i), "198.51.100.7"} },
		"three lines": func(i int) []string {
			return []string{fmt.Sprintf("203.0.113.%d", i), "1.1.1.1, 2.2.2.2", "198.51.100.7"}
		},
		"one line": func(i int) []string { return []string{fmt.Sprintf("203.0.113.%d, 198.51.100.7", i)} },
		"with a port": func(i int) []string {
			return []string{fmt.Sprintf("203.0.113.%d", i), fmt.Sprintf("198.51.100.7:%d", 1000+i)}
		},
		"behind two proxies": func(i int) []string {
			return []string{fmt.Sprintf("203.0.113.%d", i),
				"198.51.100.7, 10.1.2.3:80"}
		},
		"a proxy's own line": func(i int) []string {
			return []string{fmt.Sprintf("203.0.113.%d, 198.51.100.7", i),
				"10.1.2.3"}
		},
		"IPv6 of one network": func(i int) []string { return []string{"203.0.113.9", fmt.Sprintf("[2001:db8::%x]:443", i)} },
	} {
		o.clock = o.clock.AddDate(0, 0, 1)
		refused := 0
		for i := 1; i <= 45; i++ {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/login",
				strings.NewReader(fmt.Sprintf("name=nobody%d&password=wrong+password", i)))
			must(t, err)
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for _, line := range lines(i) {
				req.Header.Add("X-Forwarded-For", line)
			}
			answer, err := server.HTTP().Test(req, -1)
			must(t, err)
			must(t, answer.Body.Close())
			if answer.StatusCode == http.StatusTooManyRequests {
				refused++
			}
		}
		if refused != 5 {
			t.Errorf("%s: %d of 45 wrong passwords were refused without a look, want the 5 after 40", name, refused)
		}
	}
}
