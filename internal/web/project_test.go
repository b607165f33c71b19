package web

import (
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// A project is entered, refused, changed and removed on the page; the annex and the check follow.
func TestAProjectIsEnteredOnThePageAndPrinted(t *testing.T) {
	o := newScoredOffice(t)
	o.get(kpi.Reporter, "/years/2026/projects", 403)
	o.post(kpi.Staff, "/api/v1/years/2026/budget",
		`{"lines":[{"fund":"general","nature":"project","initial":"13","budget":"16","income":"16","spent":"9"}]}`, 200)
	o.holds(o.get(kpi.Leader, "/years/2026/projects", 200), "项目支出全年预算 16 万元、支出 9 万元，尚未登记项目")
	o.holds(o.get(kpi.Leader, "/api/v1/years/2026/check", 200), `"code":"project"`, "尚未登记项目")
	o.holds(o.get(kpi.Leader, "/api/v1/years/2026/report.csv?form=project", 200), "尚未登记项目")

	const code = "screened"
	form := url.Values{"name": {"妇女健康"}, "code": {"health"}, "fund": {"general"}, "key": {"k1"},
		"money.appropriation.budget": {"16"}, "money.appropriation.spent": {""}, "code_of": {code}, "weight_" + code: {"90"}}
	page, _ := o.submit(kpi.Staff, "/years/2026/projects", form, 422)
	o.holds(page, "全年预算数和执行数须同时填写", "未勾选该指标", `value="90"`)
	form.Set("money.appropriation.spent", "8万元")
	form.Set("in_"+code, "1")
	o.submit(kpi.Leader, "/years/2026/projects", form, 403)
	_, header := o.submit(kpi.Staff, "/years/2026/projects", form, 303)
	if got := header.Get("Location"); got != "/years/2026/projects?done=saved#project-health" {
		t.Errorf("led to %s", got)
	}
	o.submit(kpi.Staff, "/years/2026/projects", form, 303) // the same form twice
	o.holds(o.get(kpi.Auditor, "/years/2026/projects", 200), "妇女健康", "50.00%", "各项目支出合计 8 万元，预算中项目支出 9 万元")
	if n := strings.Count(o.get(kpi.Auditor, "/api/v1/years/2026/projects", 200), `"code":"health"`); n != 1 {
		t.Errorf("sent twice, kept %d times", n)
	}

	change := url.Values{"project": {"health"}, "name": {"妇女健康"}, "fund": {"general"},
		"money.appropriation.budget": {"16"}, "money.appropriation.spent": {"9"},
		"code_of": {code}, "in_" + code: {"1"}, "was_" + code: {"90"}, "weight_" + code: {"90"}, "points_" + code: {"91"},
		"reason_" + code: {"x"}}
	page, _ = o.submit(kpi.Staff, "/years/2026/projects", change, 422)
	o.holds(page, `id="f-points_`+code+`-error"`)
	change.Set("points_"+code, "80")
	o.submit(kpi.Staff, "/years/2026/projects", change, 303)
	o.holds(o.get(kpi.Leader, "/api/v1/years/2026/report.csv?form=project", 200), "妇女健康", "56.25", ",90,80,")
	o.holds(o.get(kpi.Leader, "/years/2026/report", 200), "附件3 项目支出绩效自评表", `href="/years/2026/projects#project-health"`)
	o.holds(o.get(kpi.Leader, "/years/2026/report/rekey?form=project", 200), "妇女健康")
	o.get(kpi.Leader, "/years/2026/report/rekey?form=sources", 404)
	if strings.Contains(o.get(kpi.Leader, "/years/2026/projects", 200), "各项目支出合计") {
		t.Error("the money agrees, and the page says it does not")
	}

	stale := url.Values{"seen": {"1"}}
	for k, v := range change {
		stale[k] = v
	}
	page, _ = o.submit(kpi.Staff, "/years/2026/projects", stale, 422) // another changed it meanwhile
	o.holds(page, "刚被 staff 修改", `value="80"`)

	change.Del("in_" + code) // unticked with the weight it had: it leaves
	change.Del("points_" + code)
	o.submit(kpi.Staff, "/years/2026/projects", change, 303)
	o.holds(o.get(kpi.Leader, "/years/2026/projects", 200), "没有指标")

	page, _ = o.submit(kpi.Staff, "/years/2026/projects/health/removal", url.Values{"reason": {""}}, 422)
	o.holds(page, "f-remove-health-error")
	o.submit(kpi.Staff, "/years/2026/projects/health/removal", url.Values{"reason": {"登记重复"}}, 303)
	o.holds(o.get(kpi.Auditor, "/audit", 200), "project.create", "project.edit", "project.remove", "登记重复")
	o.submit(kpi.Staff, "/years/2026/projects/health/removal", url.Values{"reason": {"again"}}, 404)
}
