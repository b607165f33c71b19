package web

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/notice"
)

// served serves an office on a port of its own and returns its address.
func served(t *testing.T, o *office) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	done := make(chan error, 1)
	go func() { done <- o.Serve(l) }()
	t.Cleanup(func() {
		must(t, o.Close(5*time.Second))
		must(t, <-done)
	})
	return "http://" + l.Addr().String()
}

// pair are two offices, the lower one mapped and with a figure, and a token of the upper one for it.
func pair(t *testing.T) (above, below *office, token string) {
	t.Helper()
	above, below = keyedOffice(t, "某市某局"), keyedOffice(t, "east")
	_, token, err := above.app.AddToken(ctx, kpi.Operator, app.NewToken{Account: "reporter", Name: "east",
		Scope: kpi.TokenLogs})
	must(t, err)
	file := above.get(t, "reporter", "/api/v1/years/2026/dictionary").want(t, http.StatusOK).body
	if strings.Contains(file, "west") {
		t.Error("a unit's token is told of another unit")
	}
	_, err = below.app.TakeDictionary(ctx, kpi.Operator, []byte(file))
	must(t, err)
	must(t, below.app.SetMapping(ctx, kpi.Operator, 2026, app.NewMapping{Unit: "east",
		Own: map[string]string{"screened": "screened"}}))
	key := app.NewPackage{Year: 2026, First: 1, Last: 1} // without a figure
	_, err = below.app.MakePackage(ctx, kpi.Operator, key)
	must(t, err)
	_, file1, err := below.app.MadePackage(ctx, kpi.Operator, 2026, 1)
	must(t, err)
	got, err := above.app.PushPackage(ctx, kpi.Operator, file1)
	must(t, err)
	_, err = above.app.TakePackage(ctx, kpi.Operator, got.Package.ID, app.PackageAnswers{Key: true})
	must(t, err)
	below.log(t, "west")
	below.make(t)
	return above, below, token
}

func (o *office) make(t *testing.T) {
	t.Helper()
	_, err := o.app.MakePackage(ctx, kpi.Operator, app.NewPackage{Year: 2026, First: 1, Last: 11})
	must(t, err)
}

// sends sends the last package and returns how far it is.
func (o *office) sends(t *testing.T, number int, near notice.Near) kpi.MadePackage {
	t.Helper()
	must(t, o.app.SendPackage(ctx, kpi.Operator, 2026, number))
	return o.pushes(t, number, near)
}

func (o *office) pushes(t *testing.T, number int, near notice.Near) kpi.MadePackage {
	t.Helper()
	must(t, notice.PushDue(ctx, o.app, near, slog.New(slog.DiscardHandler)))
	p, _, err := o.app.MadePackage(ctx, kpi.Operator, 2026, number)
	must(t, err)
	return p
}

// eastEntries are how many entries an office above has of the unit east.
func (o *office) eastEntries(t *testing.T) int {
	t.Helper()
	list, _, err := o.app.Log(ctx, kpi.Operator, app.LogQuery{Year: 2026, Unit: "east"})
	must(t, err)
	return len(list)
}

// Between two servers, an answer that is lost costs a second sending and nothing else.
func TestAPackageIsPushedOnceThoughItsAnswerIsLost(t *testing.T) {
	above, below, token := pair(t)
	to, err := url.Parse(served(t, above))
	must(t, err)
	var lost atomic.Int32
	lost.Store(1)
	through := httputil.NewSingleHostReverseProxy(to)
	between := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if lost.Add(-1) < 0 {
			through.ServeHTTP(w, r)
			return
		}
		got := httptest.NewRecorder() // the office above answers, and nobody hears it
		through.ServeHTTP(got, r)
		if got.Code != http.StatusOK {
			t.Errorf("above: %d %s", got.Code, got.Body)
		}
		c, _, err := w.(http.Hijacker).Hijack()
		must(t, err)
		must(t, c.Close())
	}))
	defer between.Close()
	must(t, below.app.SetUpward(ctx, kpi.Operator, kpi.Upward{Address: between.URL + "/", Token: token}))

	got := below.sends(t, 2, nil)
	if got.State != kpi.SendingWaiting || got.Tries != 1 || got.Said == "" || above.eastEntries(t) != 1 {
		t.Fatalf("the answer was lost: %+v, %d entries above", got, above.eastEntries(t))
	}
	if got = below.pushes(t, 2, nil); got.Tries != 1 {
		t.Errorf("sent again at once: %+v", got)
	}
	below.clock = below.clock.Add(2 * time.Minute)
	if got = below.pushes(t, 2, nil); got.State != kpi.SendingSent || got.Said != "" || above.eastEntries(t) != 1 {
		t.Errorf("sent again: %+v, %d entries above", got, above.eastEntries(t))
	}
	for _, o := range []*office{above, below} {
		differences, err := o.app.Verify(ctx)
		if err != nil || len(differences) > 0 {
			t.Errorf("verify: %v %v", differences, err)
		}
	}
}

// What the office above asks or refuses is told below, and what nobody answered is tried again.
func TestWhatBecomesOfAPushedPackageIsTold(t *testing.T) {
	above, below, token := pair(t)
	address := served(t, above)
	wrong := func(address, token string, want kpi.SendingState, says string) {
		t.Helper()
		must(t, below.app.SetUpward(ctx, kpi.Operator, kpi.Upward{Address: address, Token: token}))
		if got := below.sends(t, 2, nil); got.State != want || !strings.Contains(got.Said, says) {
			t.Errorf("%s: %s %q, want %s with %q", address, got.State, got.Said, want, says)
		}
	}
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<html>secret of another server") //nolint:errcheck // to a test
	}))
	defer stranger.Close()
	wrong(stranger.URL, token, kpi.SendingWaiting, "没有送达")
	wrong("http://127.0.0.1:1", token, kpi.SendingWaiting, "没有送达")
	wrong(address, "no-token", kpi.SendingFailed, "令牌")
	reads, err := newToken(above, kpi.TokenReads)
	must(t, err)
	wrong(address, reads, kpi.SendingFailed, "只能读")
	if above.eastEntries(t) != 0 {
		t.Fatal("something was logged above")
	}

	above.logAt(t, "east", kpi.Date("2026-11-04")) // typed in for the same month
	wrong(address, token, kpi.SendingHeld, "手工填报")
	v, err := above.app.PackagesBelow(ctx, kpi.Operator, 2026)
	must(t, err)
	if len(v.Waiting) != 1 {
		t.Fatalf("%d wait", len(v.Waiting))
	}
	_, err = above.app.TakePackage(ctx, kpi.Operator, v.Waiting[0].Taken.ID, app.PackageAnswers{Typed: "replace"})
	must(t, err)
	below.clock = below.clock.Add(2 * time.Hour)
	if got := below.pushes(t, 2, nil); got.State != kpi.SendingSent {
		t.Errorf("once it was answered above: %+v", got)
	}
	must(t, above.app.CloseYear(ctx, kpi.Operator, 2026, "年终"))
	below.log(t, "west")
	below.make(t)
	if got := below.sends(t, 3, nil); got.State != kpi.SendingFailed || !strings.Contains(got.Said, "已关闭") {
		t.Errorf("into a closed year: %+v", got)
	}
}

func newToken(o *office, scope kpi.TokenScope) (string, error) {
	_, secret, err := o.app.AddToken(ctx, kpi.Operator, app.NewToken{Account: "reporter", Name: "x", Scope: scope})
	return secret, err
}

// logAt logs an entry of a unit on a day.
func (o *office) logAt(t *testing.T, unit string, day kpi.Date) {
	t.Helper()
	_, err := o.app.LogUpdate(ctx, kpi.Operator, kpi.NewUpdate{Indicator: "screened", Unit: unit, Dated: day,
		Quantity: kpi.Exactly(kpi.Whole(3)), Origin: kpi.FromForm})
	must(t, err)
}

// Where one program serves both offices, a package goes without a network, by the same rules.
func TestAPackageGoesToAnOfficeOfTheSameProgram(t *testing.T) {
	above, below, token := pair(t)
	near := func(address string) *app.App {
		if address == "https://here.example/above" {
			return above.app
		}
		return nil
	}
	must(t, below.app.SetUpward(ctx, kpi.Operator, kpi.Upward{Address: "https://here.example/above", Token: "wrong"}))
	if got := below.sends(t, 2, near); got.State != kpi.SendingFailed || !strings.Contains(got.Said, "令牌") {
		t.Errorf("with a wrong token: %+v", got)
	}
	must(t, below.app.SetUpward(ctx, kpi.Operator, kpi.Upward{Address: "https://here.example/above", Token: token}))
	if got := below.sends(t, 2, near); got.State != kpi.SendingSent || above.eastEntries(t) != 1 {
		t.Errorf("%+v, %d entries above", got, above.eastEntries(t))
	}
}
