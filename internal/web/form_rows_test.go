package web

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
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
	if page := o.get(t, "staff", "/years/2026/report/rows").want(t, 200).body; !strings.Contains(page, "1.23") {
		t.Error("what was stated is not on the page")
	}
	if paper := o.get(t, "staff", "/api/v1/years/2026/report.csv?form=basic-data&lang=zh-CN").want(t, 200).
		body; !strings.Contains(paper, "政府采购金额,,1.23,,") || !strings.Contains(paper, "厉行节约保障措施,,words") {
		t.Errorf("what was stated is not printed: %s", paper)
	}
	if page := post("purchase.last=many", 422); !strings.Contains(page, "many") {
		t.Error("what cannot be read is lost")
	}
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "over"))
	if page := post("thrift=typed+words", 409); !strings.Contains(page, "typed words") {
		t.Error("what came too late is lost")
	}
}
