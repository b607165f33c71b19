package middleware

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"

	"dabiao/internal/kpi"
)

// formToken is the session's CSRF token as a page's forms bring it: masked anew on every page, or the mark of a page made
// for all.
func (v *Visit) formToken() string {
	if v.csrf == "" || v.csrf == marks.csrf {
		return v.csrf
	}
	return maskToken(v.csrf)
}

// maskToken hides a token under random bytes, other ones each time. Pages are compressed together with words that others
// may choose, and from how well a secret compresses it could be guessed letter by letter if it stayed the same (BREACH,
// Gluck, Harris and Prado 2013).
func maskToken(token string) string {
	mask := make([]byte, len(token), 2*len(token))
	rand.Read(mask)
	return base64.RawURLEncoding.EncodeToString(append(mask, under(mask, token)...))
}

// unmaskToken is the token that maskToken hid; "" for anything else.
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

// CheckCSRF refuses a form of a session that did not come from one of its own pages: one that brings the token, masked or
// not. Refusals: Forbidden request_foreign.
func (v *Visit) CheckCSRF(sent string) error {
	if !v.Session || same(unmaskToken(sent), v.csrf) || same(sent, v.csrf) {
		return nil
	}
	return kpi.Denied("request_foreign")
}
