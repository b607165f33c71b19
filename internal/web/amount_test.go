package web

import (
	"net/url"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// What an update takes, every field for an amount takes, on pages and through the API, by its measure;
// what must be exact says so.
func TestEveryAmountIsReadAsPeopleWriteIt(t *testing.T) {
	o := newScoredOffice(t)
	for written, want := range map[string]string{
		"1,200": `"value":"1200"`, "１２００": `"value":"1200"`, "1.2万": `"value":"12000"`, "8950人": `"value":"8950"`,
		"10 678": `"value":"10678"`, "1.2 million": `"value":"1200000"`, "12k": `"value":"12000"`, "1。2万": `"value":"12000"`,
		`12\u200b`: `"value":"12"`, "一千二百": `"value":"1200"`,
	} {
		o.holds(o.post(kpi.Staff, "/api/v1/years/2026/targets",
			`{"indicator":"screened","value":"`+written+`","reason":"调整"}`, 201), want)
	}
	for written, key := range map[string]string{
		"200余": "number_not_exact", "约300": "number_not_exact", "12户": "measure_mismatch", "$10.4M": "measure_mismatch",
		"10 67": "number_unreadable", "N/A": "number_missing", "nil": "number_missing", "-": "number_missing",
		"": "number_missing", "10²": "number_unreadable", "1e5": "number_unreadable",
	} {
		o.holds(o.post(kpi.Staff, "/api/v1/years/2026/targets",
			`{"indicator":"screened","value":"`+written+`","reason":"调整"}`, 422), `"field":"value"`, key)
	}
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/targets",
		`{"indicator":"screened","value":1200,"weight":"20分","reason":"调整"}`, 201), `"value":"1200"`, `"weight":"20"`)
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/targets",
		`{"indicator":"screened","value":"5","weight":"20.555","reason":"调整"}`, 422), `"field":"weight"`)
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/targets", `{"indicator":"none","value":"5"}`, 404),
		"indicator_not_found")
	curve := func(last string) string {
		return `{"indicator":"screened","value":"1200","reason":"调整","curve":["0","10","20","30","40","50","60","70","80","90","95","` + last + `"]}`
	}
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/targets", curve("100%"), 201), `"100"`)
	for last, key := range map[string]string{"99.999": "curve_decimals", "100.001": "curve_share",
		"99.995": "curve_decimals", "-1": "curve_share", "约100": "number_not_exact"} {
		o.holds(o.post(kpi.Staff, "/api/v1/years/2026/targets", curve(last), 422), key)
	}

	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/budget",
		`{"lines":[{"fund":"general","nature":"project","opening":"-","initial":"1,200","budget":"1.2万","income":"5000元","spent":"０．２５"}]}`, 200),
		`"opening":"0","initial":"1200","budget":"1.2","income":"0.5","spent":"0.25","closing":"0.25"`)
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/budget",
		`{"lines":[{"fund":"general","nature":"basic","opening":"N/A","budget":"1 200","income":"1.2 million yuan","spent":"0.0012亿元"}]}`, 200),
		`"opening":"0","initial":null,"budget":"1200","income":"120","spent":"12","closing":"108"`)
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/budget",
		`{"lines":[{"fund":"general","nature":"project","budget":"200余"}]}`, 422), "number_not_exact")
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/budget",
		`{"lines":[{"fund":"general","nature":"project","budget":"200000000"}]}`, 422), "number_too_large")
	page, _ := o.submit(kpi.Staff, "/years/2026/budget",
		url.Values{"line": {"general-basic"}, "initial": {"200000000"}}, 422)
	o.holds(page, "过大", `value="200000000"`)

	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/scores", `{"indicator":"honest","score":"３．５分","reason":"抽查"}`, 201),
		`"score":"3.5"`)
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/scores", `{"indicator":"honest","score":"约3.5","reason":"抽查"}`, 422),
		"number_not_exact")
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/staffing",
		`{"staff":[{"kind":"administrative","posts":"5名","people":"１"}],"costs":[{"kind":"reception","budget":"8,000元"}]}`,
		200),
		`"posts":5,"people":1`, `"budget":"0.8"`)
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/staffing",
		`{"staff":[{"kind":"administrative","posts":4,"people":null}]}`, 200), `"posts":4,"people":null`)
	o.holds(o.post(kpi.Admin, "/api/v1/years/2026/rules", `{"over_from":"１５０％","reason":"试"}`, 200), `"over_from":"150"`)
}

// Programs learn what an approximate figure stays below, not only how it was written.
func TestTheAPISaysWhereAnApproximateFigureEnds(t *testing.T) {
	o := newScoredOffice(t)
	o.holds(o.get(kpi.Staff, "/api/v1/wording?indicator=screened&text="+url.QueryEscape("200余人"), 200), `"value":"200"`,
		`"value_below":"300"`)
	o.holds(o.get(kpi.Staff, "/api/v1/wording?indicator=screened&text="+url.QueryEscape("近200人"), 200),
		`"value_below":"200"`)
	for written, want := range map[string]string{"200余": `"value_below":"300"`, "11万余": `"value_below":"120000"`,
		"近200": `"value_below":"200"`} {
		o.holds(o.post(kpi.Staff, "/api/v1/updates", `{"indicator":"screened","date":"2026-11-04","wording":"`+written+`"}`,
			201), want)
	}
}

// Money that a field says there is none of (无, N/A, —) is not 0: it is missing, as in an empty field.
func TestMoneyThatIsNotThereIsNeverZero(t *testing.T) {
	o := newScoredOffice(t)
	line := func(fields string) string {
		return `{"lines":[{"fund":"general","nature":"project",` + fields + `}]}`
	}
	for _, none := range []string{"N/A", "无", "—", "-", "/", "nil", "", "  "} {
		months := `"` + none + `"` + strings.Repeat(`,"1"`, 11)
		for _, c := range []struct{ method, path, body, field string }{
			{"POST", "budget", line(`"income":"` + none + `","spent":"1"`), "lines[0].income"},
			{"POST", "budget", line(`"income":"5","spent":"` + none + `"`), "lines[0].spent"},
			{"POST", "budget", line(`"income":"20","months":[` + months + `]`), "lines[0].months"},
			{"POST", "budget", line(`"income":"20","spent":"11","months":[` + months + `]`), "lines[0].months"},
			{"POST", "budget", `{"sources":[{"source":"general","amount":"` + none + `"}]}`, "sources"},
			{"POST", "budget", `{"others":[{"name":"捐赠","amount":"` + none + `"}]}`, "others"},
			{"POST", "projects", `{"code":"p","name":"扩面","money":[{"source":"general","budget":"` + none + `","spent":"1"}]}`,
				"money.general.budget"},
			{"POST", "projects", `{"code":"p","name":"扩面","money":[{"source":"general","budget":"5","spent":"` + none + `"}]}`,
				"money.general.spent"},
		} {
			if c.field == "lines[0].months" && strings.TrimSpace(none) == "" {
				continue // a month left empty has spent nothing yet
			}
			g := o.post(kpi.Staff, "/api/v1/years/2026/"+c.path, c.body, 422)
			o.holds(g, `"field":"`+c.field+`"`, "number_missing")
		}
		if strings.TrimSpace(none) == "" {
			continue
		}
		for _, form := range []url.Values{
			{"line": {"general-project"}, "income": {none}, "spent": {"1"}},
			{"line": {"general-project"}, "income": {"5"}, "spent": {none}},
			{"line": {"general-project"}, "income": {"5"}, "month_3": {none}},
			{"edit": {"sources"}, "other_name_1": {"捐赠"}, "other_amount_1": {none}},
		} {
			page, _ := o.submit(kpi.Staff, "/years/2026/budget", form, 422)
			o.holds(page, `value="`+none+`"`)
		}
	}
	o.holds(o.post(kpi.Staff, "/api/v1/years/2026/budget",
		line(`"opening":"—","income":"20","spent":"无","months":["2","","","","","","","","","","",""]`), 200),
		`"opening":"0"`, `"spent":"2"`)
}
