package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/web/api"
)

// lists are all lists of the API.
var lists = map[string]bool{"/years": true, "/units": true, "/areas": true, "/indicators": true,
	"/years/{year}/targets": true, "/updates": true, "/years/{year}/evidence": true, "/audit": true, "/displays": true,
	"/accounts/{account}/tokens": true, "/accounts": true, "/questions": true, "/views": true, "/notices": true,
	"/years/{year}/report/templates": true, "/years/{year}/packages": true}

func TestAPIListsArePaged(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	for i, code := range []string{"a", "b", "c"} {
		_, err := o.app.CreateArea(ctx, kpi.Operator, 0, kpi.Area{Code: code, Name: code})
		must(t, err)
		o.attach(t, o.log(t, "east"))
		o.token(t, "staff")
		for path, body := range map[string]string{"/years/2026/questions": `{"indicator":"screened","text":"` + code + `"}`,
			"/views": `{"name":"` + code + `","query":"i=screened"}`} {
			if g := o.send(t, request{method: "POST", path: apiRoot + path, as: "admin", body: body}); g.StatusCode >= 300 {
				t.Fatalf("%s: %d %s", path, g.StatusCode, g.body)
			}
		}
		must(t, o.db.Write(ctx, func(w *store.Writer) error {
			_, _, err := w.InsertNotice(ctx, kpi.Notice{Kind: kpi.NoticeRed, Year: 2026, Indicator: kpi.Indicator{ID: 1},
				Dated: kpi.Date(fmt.Sprintf("2026-11-1%d", i)), Frozen: kpi.Frozen{Light: kpi.FarBehind}})
			if err != nil {
				return err
			}
			units, err := w.Units(ctx)
			if err != nil {
				return err
			}
			_, err = w.InsertTakenPackage(ctx, kpi.TakenPackage{Unit: units[1].ID, Year: 2026, Number: i + 1, First: 1, Last: 1,
				SHA256: strings.Repeat(code, 64), Key: "key", State: kpi.PackageDeclined, By: "admin", At: 1}, []byte(code))
			return err
		}))
		o.send(t, request{method: "POST", path: apiRoot + "/displays", as: "admin", body: `{"name":"` + code + `"}`}).want(t,
			http.StatusCreated)
		o.send(t, request{method: "POST", path: apiRoot + "/years/2026/targets", as: "admin",
			body: fmt.Sprintf(`{"indicator":"screened","value":"%d","reason":"r"}`, 10+i)}).
			want(t, http.StatusCreated)
	}
	sample := o.get(t, "staff", "/years/2026/report/template/sample.docx?lang=zh-CN").want(t, 200).body
	for _, form := range []string{"", "?form=bulletin"} {
		body, media := upload("", "a.docx", sample)
		o.send(t, request{method: "POST", path: apiRoot + "/years/2026/report/templates" + form, as: "staff", body: body,
			media: media}).want(t, http.StatusNoContent)
	}
	for route := range lists {
		path := strings.NewReplacer("{year}", "2026", "{account}", "staff").Replace(route)
		page := func(query string) (items []string, next string) {
			t.Helper()
			g := o.described(t, doc, route, request{method: "GET", path: apiRoot + path + query, as: "admin"}, 200, false)
			var list api.ListJSON[json.RawMessage]
			must(t, json.Unmarshal([]byte(g.body), &list))
			for _, i := range list.Items {
				items = append(items, string(i))
			}
			return items, list.NextCursor
		}
		whole, next := page("")
		if len(whole) < 2 || next != "" {
			t.Errorf("%s: %d items, then %q", route, len(whole), next)
		}
		for _, limit := range []int{1, 2, len(whole)} {
			var all []string
			items, next := page(fmt.Sprintf("?limit=%d", limit))
			for pages := 0; ; pages++ {
				all = append(all, items...)
				if next == "" || len(items) != limit || pages > len(whole) {
					break
				}
				items, next = page(fmt.Sprintf("?limit=%d&cursor=%s", limit, next))
			}
			if !slices.Equal(all, whole) {
				t.Errorf("%s in pages of %d: %d items, the last page ends with %q; want %d", route, limit, len(all),
					next, len(whole))
			}
		}
		for _, bad := range []string{"?limit=0", "?limit=x", "?cursor=nothing"} {
			o.described(t, doc, route, request{method: "GET", path: apiRoot + path + bad, as: "admin"}, 422, true)
		}
	}
}

// Whatever answers with items takes limit and cursor, also what is added later.
func TestListsAreDescribedWithLimitAndCursor(t *testing.T) {
	doc := description(t)
	for route, item := range doc.Paths.Map() {
		if item.Get == nil {
			continue
		}
		ok := item.Get.Responses.Status(200)
		if ok == nil || ok.Value.Content.Get("application/json") == nil {
			continue
		}
		schema := ok.Value.Content.Get("application/json").Schema.Value
		if _, isList := schema.Properties["items"]; !isList || len(schema.Properties) > 2 {
			continue
		}
		if !lists[route] {
			t.Errorf("%s is a list that no test walks in pages", route)
		}
		for _, name := range []string{"limit", "cursor"} {
			if item.Get.Parameters.GetByInAndName("query", name) == nil {
				t.Errorf("%s does not take %s", route, name)
			}
		}
	}
}
