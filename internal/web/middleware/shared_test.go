package middleware

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// An answer with its gaps filled says what the handler wrote, compressed or not, wherever the marks stood.
func TestASharedAnswerWithItsMarksFilledEqualsAnOwnOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	all := []string{marks.name, marks.login, marks.csrf}
	for range 200 {
		var body, want strings.Builder
		for range rng.IntN(6) {
			text := strings.Repeat("<td>0123 指标", rng.IntN(200))
			body.WriteString(text + all[rng.IntN(len(all))])
			want.WriteString(text + "某人")
		}
		body.WriteString("end")
		want.WriteString("end")
		a, err := newSharedAnswer([]byte(body.String()), "text/html", "zh-CN")
		if err != nil {
			t.Fatal(err)
		}
		plain := a.filled(func(string) string { return "某人" })
		if string(plain) != want.String() {
			t.Fatalf("%q, want %q", plain, want.String())
		}
		var packed bytes.Buffer
		if err := pack(&packed, plain); err != nil {
			t.Fatal(err)
		}
		r, err := gzip.NewReader(&packed)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("unpacked %d bytes of %d: %v", len(got), len(plain), err)
		}
	}
}

func TestATokenIsMaskedAnewAndKnownAgain(t *testing.T) {
	const token = "s3cr3t-token_of-a-session"
	v := &Visit{csrf: token, Session: true}
	seen := map[string]bool{}
	for range 100 {
		masked := v.formToken()
		if seen[masked] || strings.Contains(masked, token) {
			t.Fatalf("%s was given out before, or shows the token", masked)
		}
		seen[masked] = true
		if err := v.CheckCSRF(masked); err != nil {
			t.Fatal(err)
		}
	}
	for _, foreign := range []string{"", "AA", token[1:], maskToken("another"), maskToken(token)[1:],
		maskToken(token + "x")} {
		if v.CheckCSRF(foreign) == nil {
			t.Errorf("%q is taken", foreign)
		}
	}
}

func TestAcceptEncodingDecidesOnGzip(t *testing.T) {
	a := fiber.New()
	for header, want := range map[string]bool{"gzip": true, "gzip, deflate, br": true, "br;q=1.0, GZIP;q=0.5": true,
		"gzip;q=0":                false,
		"gzip; q=0.000, identity": false, "": false, "identity": false, "xgzip": false} {
		c := a.AcquireCtx(&fasthttp.RequestCtx{})
		c.Request().Header.Set("Accept-Encoding", header)
		if TakesGzip(c) != want {
			t.Errorf("%q: %v", header, !want)
		}
		a.ReleaseCtx(c)
	}
}
