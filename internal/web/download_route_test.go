package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// withoutEntry are addresses that end like a file and are in no audit log, with the reason.
var withoutEntry = map[string]string{
	"/api/v1/openapi.json":                    "holds no data",
	"/years/:year/card.svg":                   "is a picture on a page; the file to be saved is card/file.svg",
	"/years/:year/indicators/:code/chart.svg": "is a picture on a page",
	"/evidence/:id/preview.jpg":               "is a picture on a page, and of no sensitive file",
	"/favicon.ico":                            "is the program's own",

	"/years/:year/handup/packages/:number.zip": "is, as handup_test.go shows: this office hands nothing up",
	"/packages/:id/file.zip":                   "is, as handup_test.go shows: nothing came from below here",
}

// fileEnding matches the addresses of routes that look like files.
var fileEnding = regexp.MustCompile(`\.(:format|[a-z]+)$`)

// Whatever is given out as a file is in the audit log: each route that answers with one.
func TestEveryDownloadIsInTheLog(t *testing.T) {
	o := newMatrixOffice(t)
	o.clock = o.clock.AddDate(0, 2, 0) // when something is late, of which letters tell
	o.cookie["admin"], o.csrf["admin"] = o.browser(t, "admin")
	sample := o.get(t, "admin", "/years/2026/report/template/sample.docx").want(t, http.StatusOK).body
	body, media := upload(o.csrf["admin"], "own.docx", sample)
	o.send(t, request{method: "POST", path: "/years/2026/report/template", cookie: o.cookie["admin"], body: body,
		media: media}).want(t, http.StatusSeeOther)
	newest := func() int64 {
		entries, err := o.app.Audit(ctx, kpi.Operator, kpi.AuditFilter{}, 0, 1)
		must(t, err)
		return entries[0].ID
	}
	var given []string
	for _, r := range readRules(t, routeRules) {
		if r.about == "skip" {
			continue
		}
		for _, e := range r.examples(o) {
			e.path = strings.Replace(e.path, "audit.docx", "audit.csv", 1)
			req := request{method: r.method, path: e.path, as: "admin"}
			if !strings.HasPrefix(e.path, "/api/") {
				req.as, req.cookie = "", o.cookie["admin"]
			}
			before := newest()
			g := o.send(t, req)
			if g.StatusCode != http.StatusOK || !strings.HasPrefix(g.Header.Get("Content-Disposition"), "attachment") {
				continue
			}
			if given = append(given, r.path); newest() == before {
				t.Errorf("%s gives out a file, and the log does not say so", e.path)
			}
		}
	}
	for _, r := range readRules(t, routeRules) {
		looks, said := fileEnding.MatchString(r.path), withoutEntry[r.path] != ""
		if looks && !said && !slices.Contains(given, r.path) {
			t.Errorf("%s gave out no file: is it noted? Say in withoutEntry why it need not be", r.path)
		}
	}
	table := "单位,指标,日期,数值\neast,screened,2026-13-01,5\n"
	body, media = upload(o.csrf["admin"], "rows.csv", table)
	to := o.send(t, request{method: "POST", path: "/years/2026/import", cookie: o.cookie["admin"], body: body,
		media: media}).want(t, http.StatusSeeOther).Header.Get("Location")
	path, query, _ := strings.Cut(to, "?")
	before := newest()
	g := o.send(t, request{method: "POST", path: path + "/workbook", cookie: o.cookie["admin"],
		body: query + "&csrf=" + url.QueryEscape(o.csrf["admin"])}).want(t, http.StatusOK)
	if !strings.HasPrefix(g.Header.Get("Content-Disposition"), "attachment") || newest() == before {
		t.Errorf("a table is sent back, and the log does not say so: %v", g.Header)
	}
}
