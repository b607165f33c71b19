package web

import (
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// Staff and official costs are stated on the page, refused with the field, and printed in the form.
func TestStaffAndOfficialCostsAreStatedOnThePageAndPrinted(t *testing.T) {
	o := newScoredOffice(t)
	o.get(kpi.Reporter, "/years/2026/staffing", 403)
	form := url.Values{"staff.administrative.posts": {"5名"}, "staff.administrative.people": {"4.5"},
		"staff.retired.people": {"０"}, "costs.reception.budget": {"8000元"}, "costs.reception.spent": {"约3"}}
	page, _ := o.submit(kpi.Staff, "/years/2026/staffing", form, 422)
	o.holds(page, "人数须为整数", `value="5名"`, "不是准确数，此处须填写准确数字", `id="f-costs.reception.spent-error"`)
	form.Set("staff.administrative.people", "4")
	form.Set("costs.reception.spent", "0.4")
	o.submit(kpi.Leader, "/years/2026/staffing", form, 403)
	o.submit(kpi.Staff, "/years/2026/staffing", form, 303)
	o.holds(o.get(kpi.Leader, "/api/v1/years/2026/staffing", 200),
		`"kind":"administrative","posts":5,"people":4,"in_post":"80.00"`,
		`"kind":"retired","posts":null,"people":0`, `"kind":"total","posts":null`,
		`"kind":"reception","last":null,"initial":null,"budget":"0.8","spent":"0.4","execution":"50.00"`)
	o.holds(o.get(kpi.Leader, "/years/2026/staffing", 200), "80.00%", "0.4", "50.00%")
	csv := o.get(kpi.Leader, "/api/v1/years/2026/report.csv?form=basic-data", 200)
	o.holds(csv, "行政,,5,,4,,80,", "离退休,,—,,0,,—,", "公务接待费,,—,—,0.8,0.4,50,")
	o.holds(o.get(kpi.Leader, "/api/v1/years/2026/report.html", 200), "行政4人，离退休0人。")
	o.holds(o.get(kpi.Leader, "/years/2026/report", 200), `href="/years/2026/staffing"`)
	if strings.Contains(o.get(kpi.Leader, "/api/v1/years/2026/check", 200), `"section":"staffing"`) {
		t.Error("the staff section writes itself, and is called empty")
	}
	// emptied fields are nothing stated
	o.submit(kpi.Staff, "/years/2026/staffing", url.Values{"staff.administrative.posts": {"5"}}, 303)
	o.holds(o.get(kpi.Leader, "/api/v1/years/2026/staffing", 200), `"kind":"administrative","posts":5,"people":null`)
	o.holds(o.get(kpi.Auditor, "/audit", 200), "staffing.set")
}
