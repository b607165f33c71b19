package web_test

import (
	"strings"
	"testing"
)

// Ratios of any measure go through the API and come back: bed days of discharges, cases per mille, people
// per course, cases per 100,000; a factor that contradicts its measure is refused.
func TestAScriptKeepsRatiosInTheirOwnMeasure(t *testing.T) {
	eachScript(t, func(s *script) {
		s.api("POST", "/years", `{"year":2026}`, 201, nil)
		for _, i := range []string{"bed-days 床日", "discharges 人", "cases 例", "people 人", "trained 人", "courses 期"} {
			code, measure, _ := strings.Cut(i, " ")
			s.api("POST", "/indicators", `{"code":"`+code+`","name":"`+code+`","kind":"flow","measure":"`+measure+
				`","years":[2026]}`, 201, nil)
		}
		type body struct {
			Code, Measure string
			Factor        int64
		}
		for _, c := range []struct {
			sent, measure string
			factor        int64
		}{
			{`"code":"stay","measure":"天","numerator":"bed-days","denominator":"discharges"`, "天", 1},
			{`"code":"rate","measure":"‰","numerator":"cases","denominator":"people"`, "‰", 1_000},
			{`"code":"size","measure":"人／期","numerator":"trained","denominator":"courses"`, "人/期", 1},
			{`"code":"incidence","measure":"1/10万","numerator":"cases","denominator":"people"`, "1/10万", 100_000},
			{`"code":"times","measure":"人/次","numerator":"trained","denominator":"courses","factor":1`, "人/次", 1},
			{`"code":"share","measure":"％","numerator":"trained","denominator":"people"`, "%", 100},
		} {
			var created body
			s.api("POST", "/indicators", `{`+c.sent+`,"name":"`+c.measure+`","kind":"ratio","years":[2026]}`, 201, &created)
			if created.Factor != c.factor || created.Measure != c.measure {
				t.Errorf("%s: created %+v", c.sent, created)
			}
		}
		for _, wrong := range []string{`"measure":"%","factor":1000`, `"measure":"‰","factor":100`,
			`"measure":"天","factor":7`, `"measure":"每千人","factor":100`} {
			s.api("POST", "/indicators",
				`{"code":"wrong","name":"wrong","kind":"ratio","numerator":"cases","denominator":"people",`+wrong+`}`, 422, nil)
		}
		s.api("POST", "/indicators", `{"code":"wrong","name":"wrong","kind":"flow","measure":"人","factor":100}`, 422, nil)
		s.api("PATCH", "/indicators/share", `{"factor":1000}`, 422, nil)
		var patched body
		s.api("PATCH", "/indicators/share", `{"measure":"‰"}`, 200, &patched)
		if patched.Factor != 1_000 {
			t.Errorf("changed to ‰: %+v", patched)
		}
		s.api("PATCH", "/indicators/share", `{"measure":"%"}`, 200, nil)

		for _, u := range []string{`bed-days 8000`, `discharges 4000`, `cases 10`, `people 4000`,
			`trained 1259`, `courses 20`} {
			code, value, _ := strings.Cut(u, " ")
			s.api("POST", "/updates", `{"indicator":"`+code+`","unit":"bureau","date":"2026-03-31","value":"`+value+`"}`,
				201, nil)
		}
		s.api("POST", "/years/2026/targets", `{"indicator":"rate","value":"3"}`, 201, nil)
		s.wantBoard("", map[string]string{"stay": "2", "rate": "2.5", "size": "62.95", "incidence": "250", "times": "62.95",
			"share": "31.48"})
		s.wantVerified()
	})
}
