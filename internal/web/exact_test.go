package web

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/api"
)

// One of thirty thousand is missing, and nothing says otherwise: not the board, the figure's page, the
// API, the score, the card, the wall, the self-evaluation or its files. When it comes, all say so.
func TestOneOfThirtyThousandIsMissing(t *testing.T) {
	o := smallOffice(t)
	_, err := o.app.SetTarget(ctx, kpi.Operator, app.NewTarget{Indicator: "screened",
		Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(30_000), Weight: 10_00}})
	must(t, err)
	logged := func(n int64) {
		t.Helper()
		_, err := o.app.LogUpdate(ctx, kpi.Operator, kpi.NewUpdate{Indicator: "screened", Unit: "county", Dated: "2026-11-20",
			Quantity: kpi.Exactly(kpi.Whole(n)), Origin: kpi.FromForm})
		must(t, err)
	}
	o.clock = morning.AddDate(0, 0, 38) // 31 December
	wall, _ := o.wall(t, "county")
	const report = "/years/2026/report."

	logged(29_999)
	var figure struct {
		Completion, Pace, Light, Missing string
		MissingReason                    string `json:"missing_reason"`
	}
	read := func() {
		t.Helper()
		must(t, json.Unmarshal([]byte(o.get(t, "leader", api.Path+"/years/2026/indicators/screened").want(t, 200).body),
			&figure))
	}
	read()
	if figure.Completion != "99.99" || figure.Light != "on_pace" || figure.Missing != "1" {
		t.Errorf("the API says %+v", figure)
	}
	score := o.get(t, "leader", api.Path+"/years/2026/score").want(t, 200).body
	if !strings.Contains(score, `"9.99"`) || strings.Contains(score, `"score":"10`) {
		t.Errorf("the score: %.600s", score)
	}
	for path, want := range map[string]string{
		"/years/2026":                     "99.99%",
		"/years/2026/indicators/screened": "99.99%",
		wall:                              "99.99%",
		api.Path + report + "html?form=self-evaluation": "少1人",
		api.Path + report + "json?form=self-evaluation": `"少1人"`,
		api.Path + report + "html?form=bulletin":        "99.99%",
	} {
		body := o.send(t, request{method: "GET", path: path, as: "leader",
			header: map[string]string{"Accept-Language": "zh-CN"}}).want(t, 200).body
		if !strings.Contains(body, want) {
			t.Errorf("%s does not say %s", path, want)
		}
		for _, wrong := range []string{"无偏差", ">100.00%<", "完成 100.00%", "已完成</"} {
			if strings.Contains(body, wrong) {
				t.Errorf("%s says %s", path, wrong)
			}
		}
	}
	_, rows := readBook(t, o.get(t, "leader", api.Path+report+"xlsx").want(t, 200).body)
	found := false
	for _, sheet := range rows {
		for _, row := range sheet {
			found = found || slices.Contains(row, "0.9999")
			if slices.Contains(row, "secret screened") && (slices.Contains(row, "已完成") || slices.Contains(row, "无偏差")) {
				t.Errorf("a sheet says it is done: %q", row)
			}
		}
	}
	if !found {
		t.Error("no sheet has the rate as it prints")
	}
	word := readDocx(t, o.send(t, request{method: "GET",
		path: api.Path + report + "docx?form=self-evaluation", as: "leader",
		header: map[string]string{"Accept-Language": "zh-CN"}}).want(t, 200).body)
	if !slices.ContainsFunc(word.tables, func(table [][]string) bool {
		return slices.ContainsFunc(table, func(row []string) bool {
			return slices.Contains(row, "9.99") && slices.ContainsFunc(row,
				func(cell string) bool { return strings.HasPrefix(cell, "少1人") })
		})
	}) {
		t.Errorf("the Word file says otherwise: %q", word.tables)
	}
	if body := o.get(t, "leader", api.Path+"/years/2026/check").want(t, 200).body; !strings.Contains(body, "deviation") {
		t.Errorf("the check finds no deviation to explain: %.400s", body)
	}

	logged(1)
	read()
	if figure.Completion != "100.00" || figure.Light != "done" || figure.MissingReason != "reached" {
		t.Errorf("with the last one the API says %+v", figure)
	}
	if body := o.send(t, request{method: "GET", path: api.Path + report + "html?form=self-evaluation", as: "leader",
		header: map[string]string{"Accept-Language": "zh-CN"}}).body; !strings.Contains(body, "无偏差") {
		t.Error("with the last one there is still a deviation")
	}
}

// Thresholds are a rule of the year: a light turns, and the printed pace with it, at exactly what was set.
func TestALightTurnsExactlyAtTheYearsOwnLine(t *testing.T) {
	o := smallOffice(t)
	rules := kpi.DefaultRules
	rules.BehindBelow = 82_35
	_, err := o.app.SetRules(ctx, kpi.Operator, 2026, rules, "a line of our own")
	must(t, err)
	_, err = o.app.SetTarget(ctx, kpi.Operator, app.NewTarget{Indicator: "screened",
		Target: kpi.Target{Year: 2026, Sign: kpi.AtLeastSign, Amount: kpi.Whole(100_000), Weight: 10_00}})
	must(t, err)
	o.clock = morning.AddDate(0, 0, 38) // 31 December
	for _, c := range []struct {
		more        int64
		pace, light string
	}{{82_349, "82.34", "behind"}, {1, "82.35", "on_pace"}, {17_649, "99.99", "on_pace"}, {1, "100.00", "done"}} {
		_, err := o.app.LogUpdate(ctx, kpi.Operator, kpi.NewUpdate{Indicator: "screened", Unit: "county", Dated: "2026-12-20",
			Quantity: kpi.Exactly(kpi.Whole(c.more)), Origin: kpi.FromForm})
		must(t, err)
		var figure struct{ Pace, Light string }
		must(t, json.Unmarshal([]byte(o.get(t, "leader", api.Path+"/years/2026/indicators/screened").want(t, 200).body),
			&figure))
		if figure.Pace != c.pace || figure.Light != c.light {
			t.Errorf("%d more: %+v, want %+v", c.more, figure, c)
		}
	}
}
