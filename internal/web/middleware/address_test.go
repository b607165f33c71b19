package middleware

import (
	"testing"
)

func TestAForwardedAddressIsReadHoweverAProxyWritesIt(t *testing.T) {
	for text, want := range map[string]string{
		"198.51.100.7":            "198.51.100.7",
		" 198.51.100.7\t":         "198.51.100.7",
		"198.51.100.7:50123":      "198.51.100.7",
		`"198.51.100.7:50123"`:    "198.51.100.7",
		"2001:db8::1":             "2001:db8::1",
		"[2001:db8::1]":           "2001:db8::1",
		"[2001:db8::1]:443":       "2001:db8::1",
		`"[2001:db8::1]:443"`:     "2001:db8::1",
		"fe80::1%eth0":            "fe80::1",
		"[fe80::1%eth0]:9":        "fe80::1",
		"::ffff:198.51.100.7":     "198.51.100.7",
		"[::ffff:198.51.100.7]:9": "198.51.100.7",
		"":                        "<nil>", "unknown": "<nil>", "_hidden": "<nil>", "198.51.100": "<nil>",
		"198.51.100.7:": "<nil>", "198.51.100.7:x": "<nil>", "198.51.100.007": "<nil>", "[]": "<nil>",
		"for=198.51.100.7": "<nil>",
	} {
		if got := forwardedIP(text).String(); got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}
