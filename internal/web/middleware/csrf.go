package middleware

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"

	"dabiao/internal/kpi"
)

// formToken returns the CSRF token for the forms of a page: masked anew for every page, or its mark on a
// shared page.
func (v *Visit) formToken() string {
	if v.csrf == "" || v.csrf == marks.csrf {
		return v.csrf
	}
	return maskToken(v.csrf)
}

// maskToken hides a token under fresh random bytes. Pages are compressed together with text that others
// may choose, and a secret that stayed the same could be guessed letter by letter from how well it
// compresses (BREACH: Gluck, Harris and Prado 2013).
func maskToken(token string) string {
	mask := make([]byte, len(token), 2*len(token))
	rand.Read(mask)
	return base64.RawURLEncoding.EncodeToString(append(mask, under(mask, token)...))
}

// unmaskToken returns the token that maskToken hid, or "" if sent is malformed.
func unmaskToken(sent string) string {
	raw, err := base64.RawURLEncoding.DecodeString(sent)
	if err != nil || len(raw)%2 != 0 {
		return ""
	}
	half := len(raw) / 2
	return string(under(raw[:half], string(raw[half:])))
}

func under(mask []byte, text string) []byte {
	out := make([]byte, len(text))
	subtle.XORBytes(out, mask, []byte(text))
	return out
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// CheckCSRF checks that a session's form came from one of its own pages. The token may be masked or
// plain. Refusal: Forbidden request_foreign.
func (v *Visit) CheckCSRF(sent string) error {
	if !v.Session || same(unmaskToken(sent), v.csrf) || same(sent, v.csrf) {
		return nil
	}
	return kpi.Denied("request_foreign")
}
