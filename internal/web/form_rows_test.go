package web

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/page"
)

// Rows of the forms that come too late are kept on the page, and before that they are stored, shown and printed.
func TestRowsOfTheFormsAreStatedAndKept(t *testing.T) {
	o := smallOffice(t)
	_, err := o.app.SetRules(ctx, kpi.Operator, 2026, kpi.HunanRules, "湖南表式")
	must(t, err)
	cookie, csrf := o.browser(t, "staff")
	post := func(body string, status int) string {
		t.Helper()
		return o.send(t, request{method: "POST", path: "/years/2026/report/rows", cookie: cookie,
			body: body + "&csrf=" + csrf}).want(t, status).body
	}
	post("purchase.last=1.23&thrift=words", 303)
	if shown := o.get(t, "staff", "/years/2026/report/rows").want(t, 200).body; !strings.Contains(shown, "1.23") {
		t.Error("what was stated is not on the page")
	}
	if paper := o.get(t, "staff", "/api/v1/years/2026/report.csv?form=basic-data&lang=zh-CN").want(t, 200).
		body; !strings.Contains(paper, "政府采购金额,,1.23,,") || !strings.Contains(paper, "厉行节约保障措施,,words") {
		t.Errorf("what was stated is not printed: %s", paper)
	}
	if shown := post("purchase.last=many", 422); !strings.Contains(shown, "many") {
		t.Error("what cannot be read is lost")
	}
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
	if shown := post("thrift=typed+words", 409); !strings.Contains(shown, "typed words") {
		t.Error("what came too late is lost")
	}
}

// The layout of the forms is edited on a page without scripts: looked at before it is kept, kept only by an
// administrator, refused with what was typed, and back to the shipped one.
func TestTheLayoutOfTheFormsIsEdited(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "admin")
	const path = "/years/2026/report/layout"
	fields := func(page string) url.Values {
		t.Helper()
		f := url.Values{}
		root, err := html.Parse(strings.NewReader(page))
		must(t, err)
		for n := range root.Descendants() {
			name := attribute(n, "name")
			switch {
			case n.Type != html.ElementNode || name == "" || n.Data == "button":
			case n.Data == "input" && (attribute(n, "type") != "checkbox" || has(n, "checked")):
				f.Set(name, attribute(n, "value"))
			case n.Data == "select":
				for option := range n.ChildNodes() {
					if has(option, "selected") {
						f.Set(name, attribute(option, "value"))
					}
				}
			}
		}
		f.Set("csrf", csrf)
		return f
	}
	send := func(f url.Values, status int) string {
		t.Helper()
		return o.send(t, request{method: "POST", path: path, cookie: cookie, body: f.Encode()}).want(t, status).body
	}
	forms := func() kpi.Forms {
		t.Helper()
		v, err := o.app.Rules(ctx, kpi.Operator, 2026)
		must(t, err)
		return v.Rules.YearForms()
	}

	hunan := fields(o.send(t, request{method: "GET", path: path + "?from=hunan", cookie: cookie}).want(t, 200).body)
	if got := input.ReadForms(hunan, page.FormsRecords); !reflect.DeepEqual(got, kpi.HunanForms) {
		t.Errorf("the page of Hunan's forms sent back reads\n%+v\nnot\n%+v", got, kpi.HunanForms)
	}
	hunan.Set("r1_18_name", "公益岗位补贴") // an empty row at the end
	hunan.Set("preview", "1")
	if seen := send(hunan, 200); strings.Count(seen, "公益岗位补贴") < 2 || forms().Name != kpi.MinistryForms.Name {
		t.Error("the preview does not show the new row, or has kept it")
	}
	hunan.Del("preview")
	send(hunan, 303)
	kept := forms()
	added := kept.Basic[1].Rows[18]
	if added.Name != "公益岗位补贴" || added.Key == "" {
		t.Fatalf("the new row is %+v", added)
	}
	must(t, o.app.SetFormRows(ctx, kpi.Operator, 2026,
		kpi.FormValues{Amounts: map[string]kpi.Amount{added.Key + ".last": 5_0000 * kpi.One}}))
	if paper := o.get(t, "staff", "/api/v1/years/2026/report.csv?form=basic-data&lang=zh-CN").want(t, 200).
		body; !strings.Contains(paper, "公益岗位补贴,,5,") {
		t.Errorf("the new row is not printed: %s", paper)
	}

	now := fields(o.send(t, request{method: "GET", path: path, cookie: cookie}).want(t, 200).body)
	now.Set("c1_0_measure", "元") // 上年决算数 holds 5 ten thousand yuan
	if seen := send(now, 422); !strings.Contains(seen, "不能改计量单位") || !strings.Contains(seen, "公益岗位补贴") {
		t.Error("another measure for what is stated is not refused, or what was typed is lost")
	}
	now.Set("c1_0_measure", "万元")
	hunan.Set("name", "另一套")
	send(hunan, 409) // opened before
	now.Set("r1_0_level", "1")
	if seen := send(now, 422); !strings.Contains(seen, "三公经费") || !strings.Contains(seen, "下级行") {
		t.Error("a part without a whole is not refused")
	}
	staff, staffCSRF := o.browser(t, "staff")
	now.Set("csrf", staffCSRF)
	o.send(t, request{method: "POST", path: path, cookie: staff, body: now.Encode()}).want(t, 403)
	if seen := o.send(t, request{method: "GET", path: path, cookie: staff}).want(t, 200).
		body; strings.Contains(seen, `class="primary"`) {
		t.Error("who may not change the layout is offered to")
	}
	if log := o.get(t, "admin", "/audit").want(t, 200).body; !strings.Contains(log, "修改表式") {
		t.Error("the audit does not say so")
	}
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
	now.Set("csrf", csrf)
	now.Set("r1_0_level", "0")
	if seen := send(now, 409); !strings.Contains(seen, "公益岗位补贴") {
		t.Error("what came too late is lost")
	}
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}
