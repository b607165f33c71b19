package web

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// fuzzed is an office of one process of a fuzz test, with its routes.
type fuzzed struct {
	*office
	routes []fiber.Route
}

var fuzzedOffice = sync.OnceValues(func() (*fuzzed, error) {
	dir, err := os.MkdirTemp("", "dabiao-fuzz-") // as long as the process lives
	if err != nil {
		return nil, err
	}
	o, err := emptyOffice(dir)
	if err != nil {
		return nil, err
	}
	if err := o.app.SetUp(ctx, app.Setup{Office: app.Office{Name: "某局"}, UnitCode: "county", Year: 2026, Name: "admin",
		Password: goodPassword}); err != nil {
		return nil, err
	}
	if _, err := o.app.CreateIndicator(ctx, kpi.Operator, app.NewIndicator{Indicator: kpi.Indicator{Code: "screened",
		Name: "体检", Kind: kpi.Flow, Measure: "人"}}); err != nil {
		return nil, err
	}
	if _, err := o.app.LogUpdate(ctx, kpi.Operator, kpi.NewUpdate{Indicator: "screened", Unit: "county",
		Dated: "2026-11-02", Quantity: kpi.Exactly(kpi.Whole(7)), Origin: kpi.FromForm}); err != nil {
		return nil, err
	}
	_, o.tokens["admin"], err = o.app.AddToken(ctx, kpi.Operator, app.NewToken{Account: "admin", Name: "fuzz"})
	out := &fuzzed{o, routesOf(o)}
	slices.SortFunc(out.routes, func(a, b fiber.Route) int { return cmp.Compare(a.Method+a.Path, b.Method+b.Path) })
	return out, err
})

// Whatever any address is sent, as query, cookie, text in the address (such as the code under a paper) or body, the
// answer is no fault: the JSON of the API, forms and lists in queries have their readers behind it.
func FuzzAddresses(f *testing.F) {
	for i, seed := range []struct{ query, cookie, param, media, body string }{
		{"unit=county&as_of=2026-10", "", "1", "", ""}, {"lang=en", "dabiao=x; theme=dark", "screened", "", ""},
		{"", "", "screened", "application/json", `{"indicator":"screened","unit":"county","date":"2026-11-02","value":"7"}`},
		{"dry_run=1&year=2026", "", "2026", "text/csv", "indicator,unit,date,value\nscreened,county,2026-11-02,8\n"},
		{"", "", "1", "application/x-www-form-urlencoded", "value=200余人&date=2026-11-03&unit=county&key=k"},
		{"code=ABCD-EFGH-1234&before=5&limit=9", "", "x", "", ""},
	} {
		f.Add(uint(i*37), seed.query, seed.cookie, seed.param, seed.media, seed.body)
	}
	f.Fuzz(func(t *testing.T, route uint, query, cookie, param, media, body string) {
		o, err := fuzzedOffice()
		must(t, err)
		r := o.routes[route%uint(len(o.routes))]
		if strings.HasSuffix(r.Path, "/events") || strings.ContainsAny(query+cookie+param+media, "\r\n\x00") {
			return // a stream that does not end, and what is no line of HTTP
		}
		path := strings.NewReplacer(":year", "2026", ":code", param, ":id", param, ":name", param, ":format", param,
			":token", param, ":secret", param).Replace(r.Path)
		req := httptest.NewRequest(r.Method, "/", strings.NewReader(body))
		req.URL.Opaque = path // as it is, without being made an address first
		if req.URL.RawQuery = query; strings.ContainsAny(path, " ?#%") {
			return
		}
		req.Header.Set("Cookie", cookie)
		req.Header.Set("Content-Type", media)
		req.Header.Set("Authorization", "Bearer "+o.tokens["admin"])
		resp, err := o.HTTP().Test(req, -1)
		if err != nil { // it could not be sent
			return
		}
		defer resp.Body.Close()
		said, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode == http.StatusInternalServerError || resp.StatusCode == http.StatusBadGateway {
			t.Errorf("%s: %d %v %s", fmt.Sprint(r.Method, " ", path, "?", query), resp.StatusCode, err, said)
		}
	})
}
