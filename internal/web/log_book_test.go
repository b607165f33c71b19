package web

import (
	"context"
	"encoding/json"
	"html"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

func TestAYearsLogIsExported(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	o.log(t, "east")
	o.log(t, "west")
	for query, want := range map[string]int{"": 2, "?unit=east": 1, "?indicator=screened&unit=west": 1,
		"?state=draft": 0} {
		csv := o.described(t, doc, "/years/{year}/updates.{format}",
			request{method: "GET", path: apiRoot + "/years/2026/updates.csv" + query, as: "leader"}, 200, false)
		if n := strings.Count(csv.body, "2026-11-02"); n != want {
			t.Errorf("%s: %d entries, want %d\n%s", query, n, want, csv.body)
		}
	}
	g := o.get(t, "leader", "/years/2026/updates.xlsx").want(t, http.StatusOK)
	if !strings.HasPrefix(g.body, "PK") || !strings.Contains(g.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%q %v", g.body[:2], g.Header)
	}
	o.described(t, doc, "/years/{year}/updates.{format}",
		request{method: "GET", path: apiRoot + "/years/2026/updates.xlsx", as: "leader"}, 200, false)
	o.get(t, "leader", "/years/2026/updates.pdf").want(t, http.StatusNotFound)
	o.get(t, "leader", "/years/1999/updates.csv").want(t, http.StatusNotFound)
}

// From the log a link leads to a page that says the file is being written and brings it, with scripts
// or without.
func TestTheLogsPageLeadsToTheFile(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	const at = "/years/2026/updates/file?format=csv"
	if page := o.get(t, "leader", "/years/2026/updates").want(t, http.StatusOK); !strings.Contains(page.body,
		`href="`+at+`"`) {
		t.Error("the log does not lead there")
	}
	page := o.get(t, "leader", at+"&unit=east").want(t, http.StatusOK)
	file, ok := strings.CutPrefix(page.Header.Get("Refresh"), "1; url=")
	if link := html.EscapeString(file); !ok || !strings.Contains(page.body, `href="`+link+`"`) {
		t.Fatalf("the page refreshes to %q and does not link to it", file)
	}
	csv := o.get(t, "leader", file).want(t, http.StatusOK)
	if n := strings.Count(csv.body, "2026-11-02"); n != 1 ||
		!strings.Contains(csv.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%s brings %d entries", file, n)
	}
	_, key, _ := strings.Cut(file, "watch=")
	told := o.bookLines(t, "leader", key)
	if last := told[len(told)-1]; last != (middleware.BookState{Stage: middleware.BookDone, Done: 1, Percent: 100}) {
		t.Errorf("it ends with %+v", last)
	}
	if told := o.bookLines(t, "staff", ""); len(told) != 1 || told[0].Stage != middleware.BookUnknown {
		t.Errorf("without a file one is told %+v", told)
	}
	o.get(t, "leader", "/years/2026/updates/file?format=pdf").want(t, http.StatusNotFound)
}

// bookLines is all that is told of a file.
func (o *office) bookLines(t *testing.T, who, key string) (lines []middleware.BookState) {
	t.Helper()
	g := o.get(t, who, "/years/2026/updates/progress?watch="+key).want(t, http.StatusOK)
	for d := json.NewDecoder(strings.NewReader(g.body)); d.More(); {
		var l middleware.BookState
		must(t, d.Decode(&l))
		lines = append(lines, l)
	}
	return lines
}

// Somebody who asks for a log and leaves keeps nobody writing it.
func TestALogNobodyWaitsForIsNotWrittenOn(t *testing.T) {
	o := smallOffice(t)
	base := o.listening(t)
	for range 4 {
		batch := make([]kpi.NewUpdate, 5000)
		for i := range batch {
			batch[i] = kpi.NewUpdate{Indicator: "screened", Unit: "east", Dated: "2026-03-10",
				Quantity: kpi.Exactly(kpi.Whole(int64(i))), Note: strings.Repeat("说明", 100), Origin: kpi.FromImport}
		}
		refused, err := o.app.LogUpdates(ctx, kpi.Operator, "list.xlsx", batch)
		if must(t, err); len(refused) > 0 {
			t.Fatalf("%+v", refused[0])
		}
	}
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/years/2026/updates.csv?watch=mine", nil)
	must(t, err)
	r.Header.Set("Authorization", "Bearer "+o.tokens["leader"])
	resp, err := http.DefaultTransport.RoundTrip(r)
	must(t, err)
	_, err = io.ReadFull(resp.Body, make([]byte, 1000))
	must(t, err)
	leave()
	told := o.bookLines(t, "leader", "mine")
	if last := told[len(told)-1]; last.Error == "" || last.Done >= 20_000 {
		t.Errorf("after its reader left it ended with %+v", last)
	}
}

func init() {
	actions = slices.Concat(actions, []action{
		{"GET", "/years/2026/updates/file?format=xlsx&unit=east", "", everyone, true},
		{"GET", "/years/2026/updates/file?format=csv&unit=west", "", "leader staff reviewer auditor admin", true},
		{"GET", "/years/2026/updates/progress", "", everyone, true},
		{"GET", "/years/2026/updates.xlsx?unit=west", "", "leader staff reviewer auditor admin", true},
		{"GET", "/api/v1/years/2026/updates.csv?unit=east", "", everyone, false},
		{"GET", "/api/v1/years/2026/updates.csv?unit=west", "", "leader staff reviewer auditor admin", false},
	})
}
