package middleware

import (
	"errors"
	"log/slog"
	"net/url"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"dabiao/internal/kpi"
)

// Each end of a request has a sentence of its own: what is saved is never said not to be.
func TestAFaultSaysWhatBecameOfWhatWasSent(t *testing.T) {
	fault := errors.New("a disk")
	for _, c := range []struct {
		what, method, key string
		stored            bool
		err               error
		status            int
		want              string
		again             sendAgain
	}{
		{"a page", "GET", "", false, fault, 500, "fault_reading", sendNever},
		{"a page without a database", "GET", "", false, &kpi.Away{Cause: fault}, 503, "records_away_reading", sendNever},
		{"a form before it was saved", "POST", "k", false, fault, 500, "fault", sendNever},
		{"a form without a database", "POST", "k", false, &kpi.Away{Cause: fault}, 503, "records_away", sendByItself},
		{"a form of unknown fate", "POST", "k", false, &kpi.Unsettled{Cause: fault}, 503, "outcome_unknown", sendByItself},
		{"one without a key", "POST", "", false, &kpi.Unsettled{Cause: fault}, 503, "outcome_unknown_unkeyed", sendNever},
		{"a form after it was saved", "POST", "k", true, fault, 503, "outcome_unknown", sendByItself},
		{"one without a key", "POST", "", true, fault, 500, "fault_after", sendNever},
		{"one whose second change found no database", "POST", "", true, &kpi.Away{Cause: fault}, 500, "fault_after",
			sendNever},
	} {
		t.Run(c.what+" "+c.want, func(t *testing.T) {
			web := fiber.New()
			ctx := web.AcquireCtx(&fasthttp.RequestCtx{})
			defer web.ReleaseCtx(ctx)
			ctx.Request().Header.SetMethod(c.method)
			ctx.Method(c.method)
			ctx.Locals(sentKey{}, &sentForm{Values: url.Values{"key": {c.key}}})
			ctx.Locals(storedKey{}, func() bool { return c.stored })
			if a := outcomeOf(ctx, c.err, "1"); a.status != c.status || a.text.Key != c.want || a.again != c.again {
				t.Errorf("answered %d %s, %v", a.status, a.text.Key, a.again)
			}
		})
	}
}

// What stops everybody stops what is left of a request: what it stored before is not said to be lost.
func TestARefusalAfterSomethingWasStoredIsNone(t *testing.T) {
	s := &Server{Config: Config{Log: slog.New(slog.DiscardHandler)}}
	for _, c := range []struct {
		stored bool
		key    string
		want   string
		again  sendAgain
	}{{false, "disk_full", "disk_full", sendIfWanted}, {true, "disk_full", "outcome_unknown", sendByItself},
		{true, "year_closed", "year_closed", sendNever}} {
		web := fiber.New()
		ctx := web.AcquireCtx(&fasthttp.RequestCtx{})
		defer web.ReleaseCtx(ctx)
		ctx.Request().Header.SetMethod("POST")
		ctx.Method("POST")
		ctx.Locals(sentKey{}, &sentForm{Values: url.Values{"key": {"k"}}})
		ctx.Locals(storedKey{}, func() bool { return c.stored })
		if a := s.answerOf(ctx, kpi.Refuse(kpi.Conflict, c.key)); a.text.Key != c.want || a.again != c.again {
			t.Errorf("%s with something stored %v: told %s, %v", c.key, c.stored, a.text.Key, a.again)
		}
	}
}
