package web_test

import (
	"net/url"
	"testing"
)

// A person makes ratios, rates and sums on the page; what contradicts itself comes back with what was typed.
func TestAPersonMakesRatiosRatesAndSumsOnThePage(t *testing.T) {
	eachScript(t, func(s *script) {
		const plan = "/years/2025/plan"
		form := func(code, kind, measure string, more ...string) url.Values {
			f := url.Values{"name": {code + "名"}, "code": {code}, "area": {""}, "kind": {kind}, "measure": {measure},
				"decimals": {"2"}, "direction": {"up"}, "category": {"quantity"}, "starts": {"1"}, "numerator": {""},
				"denominator": {""}, "part_of": {""}, "factor": {"0"}, "units_rule": {""}, "sum_of": {""}}
			for i := 0; i < len(more); i += 2 {
				f.Set(more[i], more[i+1])
			}
			return f
		}
		made := func(f url.Values) {
			t.Helper()
			if status, body, _ := s.post(plan+"/indicators", f); status != 303 {
				t.Fatalf("%s: %d %s", f.Get("code"), status, body)
			}
		}
		made(form("days", "flow", "床日"))
		made(form("people", "flow", "人"))
		made(form("others", "flow", "人"))
		made(form("stay", "ratio", "天", "numerator", "days", "denominator", "people"))
		status, body, _ := s.post(plan+"/indicators", form("wrong", "ratio", "%", "numerator", "days", "denominator",
			"people", "factor", "1000"))
		s.wantPage("contradiction", body, status, 422, "计量单位为“%”的比率应乘以 100", `<option value="1000" selected>`)
		status, body, _ = s.post(plan+"/indicators", form("wrong", "flow", "元/人"))
		s.wantPage("rate that adds", body, status, 422, "“元/人”是比率，各月、各单位的数据不能相加", `value="元/人"`)
		made(form("cover", "running", "％", "units_rule", "mean"))
		status, body = s.get(plan + "/indicators/cover")
		s.wantPage("rate", body, status, 200, `<option value="mean" selected>`, `value="%"`)
		status, body, _ = s.post(plan+"/indicators", form("wrong", "flow", "人", "sum_of", "people名\n床位名"))
		s.wantPage("unknown part", body, status, 422, "people名\n床位名</textarea>", "床位名")
		made(form("all", "flow", "人", "sum_of", "people名\r\nothers\r\n"))
		status, body = s.get(plan + "/indicators/all")
		s.wantPage("sum", body, status, 200, "people名\nothers名</textarea>")
		status, body = s.get("/years/2025/indicators/all")
		s.wantPage("sum's page", body, status, 200, "由以下指标相加", "该指标由以下指标计算得出，请分别填报：", "/years/2025/indicators/others")
		s.wantVerified()
	})
}
