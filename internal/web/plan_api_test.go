package web_test

import (
	"testing"
)

// A script builds a fresh year of another office through the API alone and reads its board.
func TestAScriptBuildsAYearThroughTheAPI(t *testing.T) {
	eachScript(t, func(s *script) {
		s.api("POST", "/years", `{"year":2026}`, 201, nil)
		for _, u := range []string{"north", "south"} {
			s.api("POST", "/units", `{"code":"`+u+`","name":"`+u+`","parent":"bureau"}`, 201, nil)
		}
		s.api("POST", "/units", `{"code":"village","name":"古村","parent":"north"}`, 201, nil)
		s.api("POST", "/areas", `{"code":"heritage","name":"文物保护"}`, 201, nil)
		s.api("PATCH", "/areas/heritage", `{"name":"文物保护利用","name_en":"Heritage"}`, 200, nil)
		for _, i := range []string{
			`{"code":"visitors","name":"接待游客","area":"heritage","kind":"flow","measure":"人次","category":"quantity","years":[2026]}`,
			`{"code":"inns","name":"登记民宿","kind":"running","measure":"户","years":[2026]}`,
			`{"code":"complaints","name":"投诉","kind":"flow","measure":"起","years":[2026]}`,
			`{"code":"solved","name":"办结","kind":"flow","measure":"起","part_of":"complaints","years":[2026]}`,
			`{"code":"solved-rate","name":"办结率","kind":"ratio","measure":"%","numerator":"solved","denominator":"complaints","years":[2026]}`,
		} {
			s.api("POST", "/indicators", i, 201, nil)
		}
		s.api("PATCH", "/indicators/inns", `{"owner":"市场科","partners":"公安局"}`, 200, nil)
		s.api("POST", "/years/2026/targets", `{"indicator":"visitors","value":"100001","weight":"20","document":"文旅〔2026〕1号",
			"curve":["0","5","10","20","40","50","60","80","85","95","98","100"]}`, 201, nil)
		s.api("POST", "/years/2026/targets", `{"indicator":"solved-rate","value":"95"}`, 201, nil)
		var split struct {
			Sum, Difference, Left string
			Units                 []struct {
				Unit, Value, Exact string
				Extra              bool
			}
		}
		s.api("POST", "/years/2026/targets/split", `{"indicator":"visitors","method":"equal","dry_run":true}`, 200, &split)
		if split.Sum != "100001" || split.Difference != "0" || split.Units[0].Value != "50001" || !split.Units[0].Extra ||
			split.Units[0].Exact != "50000.5" {
			t.Errorf("proposal %+v", split)
		}
		s.api("POST", "/years/2026/targets/split",
			`{"indicator":"visitors","values":{"north":"60000","south":"40000"},"document":"文旅〔2026〕2号"}`, 200, nil)
		s.api("GET", "/years/2026/targets/split?indicator=visitors", "", 200, &split)
		if split.Sum != "100000" || split.Difference != "1" {
			t.Errorf("set %+v", split)
		}

		var logged struct{ ID int64 }
		s.api("POST", "/updates", `{"indicator":"visitors","unit":"village","date":"2026-02-10","wording":"1.2万余人次"}`,
			201, nil)
		s.api("POST", "/updates", `{"indicator":"visitors","unit":"south","date":"2026-05-02","value":"30000"}`, 201, &logged)
		s.api("POST", "/updates/"+jsonNumber(logged.ID)+"/correction",
			`{"date":"2026-05-02","value":"33000","reason":"补计夜间入园"}`, 201, nil)
		s.api("POST", "/updates", `{"indicator":"inns","unit":"village","date":"2026-03-31","value":"12"}`, 201, nil)
		s.api("POST", "/updates",
			`{"indicator":"solved-rate","unit":"south","date":"2026-05-31","numerator":"19","denominator":"20"}`, 201, nil)
		s.api("POST", "/updates", `{"indicator":"visitors","unit":"south","date":"2026-05-31","value":"-1"}`, 422, nil)

		want := map[string]string{"visitors": "45000", "inns": "12", "solved-rate": "95", "complaints": "20", "solved": "19"}
		s.wantBoard("", want)
		s.wantBoard("?unit=north", map[string]string{"visitors": "12000", "inns": "12"})

		// The village goes to the south from May on; what it counted before stays in the north.
		s.api("POST", "/units/village/move", `{"parent":"village","history":"stay"}`, 422, nil)
		s.api("POST", "/units/village/move", `{"parent":"south","history":"stay","since":"2026-05"}`, 200, nil)
		s.wantBoard("", want)
		s.wantBoard("?unit=north", map[string]string{"visitors": "12000"})
		s.wantBoard("?unit=south", map[string]string{"visitors": "33000", "inns": "12", "complaints": "20", "solved": "19",
			"solved-rate": "95"})
		s.wantVerified()
		// a revision needs its reason
		s.api("POST", "/years/2026/targets", `{"indicator":"visitors","value":"90000"}`, 422, nil)
		s.api("PATCH", "/indicators/visitors", `{"measure":"人"}`, 422, nil)
		s.api("PATCH", "/indicators/complaints", `{"part_of":"solved"}`, 422, nil)
		s.api("PATCH", "/indicators/inns", `{"archived":true}`, 200, nil)
		s.api("POST", "/years/2026/targets", `{"indicator":"inns","value":"5"}`, 409, nil)
		s.api("POST", "/updates", `{"indicator":"inns","unit":"village","date":"2026-04-30","value":"13"}`, 409, nil)
	})
}
