package web_test

import "testing"

// Rates with a rule and sums go through the API and come back; a table's row for a sum is left out.
func TestAScriptKeepsRatesAndSums(t *testing.T) {
	eachScript(t, func(s *script) {
		s.api("POST", "/years", `{"year":2026}`, 201, nil)
		for _, u := range []string{"north", "south"} {
			s.api("POST", "/units", `{"code":"`+u+`","name":"`+u+`","parent":"bureau"}`, 201, nil)
		}
		for _, i := range []string{
			`{"code":"men","name":"男职工","kind":"flow","measure":"人","years":[2026]}`,
			`{"code":"women","name":"女职工","kind":"flow","measure":"人","years":[2026]}`,
			`{"code":"staff","name":"职工合计","kind":"flow","measure":"人","sum_of":["men","women"],"years":[2026]}`,
			`{"code":"cover","name":"覆盖率","kind":"running","measure":"%","decimals":2,"units_rule":"mean","years":[2026]}`,
		} {
			s.api("POST", "/indicators", i, 201, nil)
		}
		s.api("POST", "/indicators", `{"code":"wrong","name":"wrong","kind":"flow","measure":"%"}`, 422, nil)
		s.api("POST", "/indicators", `{"code":"wrong","name":"wrong","kind":"running","measure":"元/人"}`, 422, nil)
		s.api("POST", "/indicators", `{"code":"wrong","name":"wrong","kind":"flow","measure":"人次","sum_of":["men"]}`,
			422, nil)
		s.api("PATCH", "/indicators/men", `{"sum_of":["staff"]}`, 422, nil)
		var list struct {
			Items []struct {
				Code      string
				UnitsRule string   `json:"units_rule"`
				SumOf     []string `json:"sum_of"`
			}
		}
		s.api("GET", "/indicators", "", 200, &list)
		for _, i := range list.Items {
			if i.Code == "staff" && (len(i.SumOf) != 2 || i.SumOf[0] != "men") || i.Code == "cover" && i.UnitsRule != "mean" {
				t.Errorf("came back as %+v", i)
			}
		}
		s.api("POST", "/updates", `{"indicator":"men","unit":"north","date":"2026-03-31","value":"3"}`, 201, nil)
		s.api("POST", "/updates", `{"indicator":"women","unit":"south","date":"2026-03-31","value":"4"}`, 201, nil)
		s.api("POST", "/updates", `{"indicator":"staff","unit":"south","date":"2026-03-31","value":"4"}`, 422, nil)
		s.api("POST", "/updates", `{"indicator":"cover","unit":"north","date":"2026-03-31","value":"80"}`, 201, nil)
		s.api("POST", "/updates", `{"indicator":"cover","unit":"south","date":"2026-03-31","value":"91"}`, 201, nil)
		s.wantBoard("", map[string]string{"staff": "7", "men": "3", "women": "4", "cover": "85.5"})
		s.wantBoard("?unit=north", map[string]string{"staff": "3", "men": "3", "cover": "80"})
		var one struct {
			Indicator struct {
				Text string `json:"achievement_text"`
			}
			Text string `json:"achievement_text"`
		}
		s.api("GET", "/years/2026/indicators/cover", "", 200, &one)
		if got := one.Text + one.Indicator.Text; got != "平均85.50%" {
			t.Errorf("the mean is said as %q", got)
		}
		s.wantVerified()
	})
}
