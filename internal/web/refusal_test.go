package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"dabiao/internal/web/api"
)

// refusal is something wrong that is sent to POST /updates, and what must be said about it.
type refusal struct {
	body   string
	status int
	field  string // "" when the mistake is in no field
	code   string
	zh, en string // part of the sentence
}

var refusals = []refusal{
	{update("value", `"abc"`), 422, "value", "number_unreadable", "“abc”", "“abc” is not a recognizable number"},
	{update("value", `"NaN"`), 422, "value", "number_unreadable", "“NaN”", "“NaN” is not a recognizable number"},
	{update("value", `"Inf"`), 422, "value", "number_unreadable", "“Inf”", "“Inf” is not a recognizable number"},
	{update("value", `"1e308"`), 422, "value", "number_unreadable", "“1e308”", "“1e308” is not a recognizable number"},
	{update("value", `1e308`), 422, "value", "number_unreadable", "“1e308”", "“1e308” is not a recognizable number"},
	{update("value", `"0x1p4"`), 422, "value", "number_unreadable", "“0x1p4”", "“0x1p4” is not a recognizable number"},
	{update("value", `"1_000"`), 422, "value", "number_unreadable", "“1_000”", "“1_000” is not a recognizable number"},
	{update("value", `"1.5"`), 422, "value", "number_decimals", "小数", "at most 0 decimal places"},
	{update("value", `"-5"`), 422, "value", "number_negative", "负", "cannot be negative"},
	{update("value", `"999999999999999999999"`), 422, "value", "number_too_large", "过大", "too large"},
	{update("value", `""`), 422, "value", "number_missing", "填", "Enter a value"},
	{update("value", `"5元"`), 422, "value", "measure_mismatch", "人", "the two cannot be mixed"},
	{update("value", `true`), 422, "value", "value_unreadable", "无法识别", "cannot be recognized"},
	{update("value", `["5"]`), 422, "value", "value_unreadable", "无法识别", "cannot be recognized"},
	{update("value", `{"a":1}`), 422, "value", "value_unreadable", "无法识别", "cannot be recognized"},
	{update("date", `"2022-02-30"`), 422, "date", "date_unreadable", "2022-02-30", "not a valid date"},
	{update("date", `"2026-11-24"`), 422, "date", "date_in_future", "2026年11月24日", "has not come yet"},
	{update("date", `"2024-05-05"`), 422, "date", "year_of_date_not_found", "2024", "has not been set up"},
	{update("date", `"2025-05-05"`), 409, "", "year_closed", "2025", "is closed"},
	{update("date", `""`), 422, "date", "date_missing", "日期", "Enter the date"},
	{update("date", `20261103`), 422, "date", "value_unreadable", "无法识别", "cannot be recognized"},
	{update("indicator", `"nothing"`), 404, "", "indicator_not_found", "nothing", "no indicator with the code “nothing”"},
	{update("indicator", `""`), 422, "indicator", "indicator_missing", "指标", "Choose an indicator"},
	{update("indicator", `5`), 422, "indicator", "value_unreadable", "无法识别", "cannot be recognized"},
	{update("unit", `"nowhere"`), 404, "", "unit_not_found", "nowhere", "no unit with the code “nowhere”"},
	{update("level", `"met"`), 422, "level", "level_unexpected", "定性", "take a result"},
	{update("note", `"`+strings.Repeat("长", 2001)+`"`), 422, "note", "text_too_long", "2000", "2000 characters"},
	{update("note", `"\u202eevil"`), 422, "note", "text_malformed", "字符", "cannot be saved"},
	{update("note", `"\u0000"`), 422, "note", "text_malformed", "字符", "cannot be saved"},
	{update("typo", `"x"`), 422, "typo", "body_field_unknown", "typo", "unknown field “typo”"},
	{``, 422, "", "body_missing", "", "no body"},
	{`   `, 422, "", "body_missing", "", "no body"},
	{`{"indicator":`, 422, "", "body_unreadable", "JSON", "not valid JSON"},
	{`[]`, 422, "", "body_unreadable", "JSON", "not valid JSON"},
	{`"x"`, 422, "", "body_unreadable", "JSON", "not valid JSON"},
	{`{} {}`, 422, "", "body_unreadable", "JSON", "not valid JSON"},
	{strings.Repeat("[", 100_000), 422, "", "body_unreadable", "JSON", "not valid JSON"},
	{"\xff\xfe{}", 422, "", "body_unreadable", "JSON", "not valid JSON"},
}

// update is a good update with one field changed; raw is JSON.
func update(field, raw string) string {
	fields := map[string]json.RawMessage{"indicator": json.RawMessage(`"screened"`), "unit": json.RawMessage(`"east"`),
		"date": json.RawMessage(`"2026-11-03"`), "value": json.RawMessage(`"5"`)}
	fields[field] = json.RawMessage(raw)
	out, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func TestBadInputIsRefusedInOneSentenceAndChangesNothing(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	board := func() string { return o.get(t, "admin", "/api/v1/years/2026/board").body }
	before := board()
	for _, r := range refusals {
		for language, sentence := range map[string]string{"zh-CN": r.zh, "en": r.en} {
			name := language + " " + r.body[:min(len(r.body), 120)]
			g := o.send(t, request{method: "POST", path: "/api/v1/updates", as: "staff", body: r.body, media: "application/json",
				header: map[string]string{"Accept-Language": language, "Idempotency-Key": "k"}})
			p := g.problem(t)
			if g.StatusCode != r.status || p.Status != r.status {
				t.Errorf("%s: %d, want %d: %s", name, g.StatusCode, r.status, g.body)
				continue
			}
			code, said := p.Code, p.Detail
			if r.field != "" {
				if len(p.Errors) != 1 || p.Errors[0].Field != r.field {
					t.Errorf("%s: want one mistake, in %s: %s", name, r.field, g.body)
					continue
				}
				code, said = p.Errors[0].Code, p.Errors[0].Message
			}
			if code != r.code || !strings.Contains(said, sentence) || !utf8.ValidString(said) {
				t.Errorf("%s: says %s %q, want %s with %q", name, code, said, r.code, sentence)
			}
		}
	}
	if after := board(); after != before {
		t.Error("the board has changed")
	}
}

func TestAPIReportsEveryMistakeAtOnce(t *testing.T) {
	o := smallOffice(t)
	g := o.send(t, request{method: "POST", path: "/api/v1/updates", as: "staff",
		body: `{"indicator":"screened","date":"2022-02-30","value":"abc","level":"met","note":"\u0007"}`})
	var fields []string
	for _, e := range g.problem(t).Errors {
		fields = append(fields, e.Field)
	}
	if got := strings.Join(fields, " "); got != "date value note level" {
		t.Errorf("mistakes in %q: %s", got, g.body)
	}
}

// What the page's form is sent comes back as it was typed, with the same sentences.
func TestAPageRefusesTheSameAndKeepsWhatWasTyped(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	for value, sentence := range map[string]string{"abc": "“abc” is not a recognizable number",
		"NaN":   "“NaN” is not a recognizable number",
		"1e308": "“1e308” is not a recognizable number"} {
		g := o.send(t, request{method: "POST", path: "/years/2026/indicators/screened/updates", cookie: cookie,
			body:   "unit=east&date=2022-02-30&note=kept+note&key=k1&csrf=" + csrf + "&value=" + url.QueryEscape(value),
			header: map[string]string{"Accept-Language": "en"}})
		g.want(t, http.StatusUnprocessableEntity)
		for _, want := range []string{sentence, "not a valid date", `value="` + value + `"`, "kept note",
			`value="2022-02-30"`, `value="k1"`} {
			if !strings.Contains(g.body, want) {
				t.Errorf("%s: the page lacks %q", value, want)
			}
		}
	}
	o.send(t, request{method: "POST", path: "/years/2025/indicators/screened/updates", cookie: cookie,
		body: "unit=east&date=2025-05-05&value=5&csrf=" + csrf}).want(t, http.StatusConflict)
}

func TestTheSameKeyTwiceIsOneEntry(t *testing.T) {
	o := smallOffice(t)
	send := func(as, key, body string) got {
		return o.send(t, request{method: "POST", path: "/api/v1/updates", as: as, body: body,
			header: map[string]string{"Idempotency-Key": key}})
	}
	first := send("staff", "key-1", update("value", `"5"`)).want(t, http.StatusCreated)
	again := send("staff", "key-1", update("value", `"5"`)).want(t, http.StatusCreated)
	if first.body != again.body || first.Header.Get("Location") == "" ||
		first.Header.Get("Location") != again.Header.Get("Location") {
		t.Errorf("answered %s, then %s", first.body, again.body)
	}
	if p := send("staff", "key-1", update("value", `"6"`)).want(t, http.StatusConflict).
		problem(t); p.Code != "key_reused" {
		t.Errorf("%+v", p)
	}
	send("admin", "key-1", update("value", `"7"`)).want(t, http.StatusCreated) // another account's key is another key
	send("staff", strings.Repeat("k", 201), update("value", `"5"`)).want(t, http.StatusUnprocessableEntity)
	if g := o.get(t, "staff", "/api/v1/updates"); strings.Count(g.body, `"id"`) != 2 {
		t.Errorf("the log: %s", g.body)
	}
	o.get(t, "staff", first.Header.Get("Location")).want(t, http.StatusOK)
}

// A form sent twice (a double click, a broken line) is one entry with its files once.
func TestTheSameFormTwiceIsOneEntryWithItsFilesOnce(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	for range 2 {
		body, media := upload(csrf, "照片.png", tinyPNG, "unit", "east", "date", "2026-11-03", "value", "5", "key", "form-1")
		o.send(t, request{method: "POST", path: "/years/2026/indicators/screened/updates", cookie: cookie, body: body,
			media: media}).want(t, http.StatusSeeOther)
	}
	g := o.get(t, "staff", "/api/v1/updates")
	if strings.Count(g.body, `"act":"log"`) != 1 || strings.Count(g.body, `"sha256"`) != 1 {
		t.Errorf("the log: %s", g.body)
	}
}

func TestTheSameKeyTwiceIsOneTarget(t *testing.T) {
	o := smallOffice(t)
	send := func(value string) got {
		return o.send(t, request{method: "POST", path: "/api/v1/years/2026/targets", as: "staff",
			header: map[string]string{"Idempotency-Key": "t-1"},
			body:   `{"indicator":"screened","unit":"east","value":"` + value + `"}`})
	}
	first, again := send("100").want(t, http.StatusCreated), send("100").want(t, http.StatusCreated)
	if first.body != again.body {
		t.Errorf("%s, then %s", first.body, again.body)
	}
	send("120").want(t, http.StatusConflict)
	if g := o.get(t, "staff", "/api/v1/years/2026/targets?unit=east"); strings.Count(g.body, `"id"`) != 1 {
		t.Errorf("the history: %s", g.body)
	}
}

// Names and notes, through a page or a call: nothing that turns text around, breaks a document or fills the disk.
func TestTextThatCannotBeStoredIsRefusedByPagesAndAPI(t *testing.T) {
	o := smallOffice(t)
	for path, body := range map[string]string{
		"units":              `{"code":"n{i}","parent":"county","name":"{}"}`,
		"areas":              `{"code":"n{i}","name":"{}"}`,
		"indicators":         `{"code":"n{i}","name":"x","kind":"flow","measure":"人","owner":"{}"}`,
		"years/2026/targets": `{"indicator":"screened","value":"1","document":"{}"}`,
		"years/2026/close":   `{"reason":"{}"}`,
		"updates":            `{"indicator":"screened","unit":"east","date":"2026-11-03","value":"5","note":"{}"}`,
	} {
		for i, bad := range []string{`\u202egnp`, `a\u0000b`, `a\u0008b`, `\ufeffx`, strings.Repeat("长", 3000)} {
			sent := strings.NewReplacer("{}", bad, "{i}", strconv.Itoa(i)).Replace(body)
			g := o.send(t, request{method: "POST", path: "/api/v1/" + path, as: "admin", body: sent})
			if g.StatusCode != http.StatusUnprocessableEntity || len(g.problem(t).Errors) != 1 {
				t.Errorf("%s takes %.40q: %d %s", path, bad, g.StatusCode, g.body)
			}
		}
	}
}

func TestQueriesAreReadStrictly(t *testing.T) {
	o := smallOffice(t)
	for _, q := range []string{"year=abc", "year=", "limit=abc", "limit=-1", "limit=0", "cursor=abc", "cursor=-1",
		"cursor=99999999999999999999"} {
		want := http.StatusUnprocessableEntity
		if q == "year=" {
			want = http.StatusOK
		}
		o.get(t, "staff", "/api/v1/updates?"+q).want(t, want)
	}
	o.get(t, "admin", "/api/v1/audit?limit=abc").want(t, http.StatusUnprocessableEntity)
	o.get(t, "admin", "/api/v1/audit?limit=5000").want(t, http.StatusOK)
	for _, q := range []string{"as_of=2026-13", "as_of=2025-11", "as_of=abc", "as_of=2026-1"} {
		o.get(t, "staff", "/api/v1/years/2026/board?"+q).want(t, http.StatusUnprocessableEntity)
	}
}

func TestTargetsAndBudgetAreCheckedByField(t *testing.T) {
	o := smallOffice(t)
	for _, c := range []struct{ path, body, field, code string }{
		{"targets", `{"indicator":"screened","value":"abc"}`, "value", "number_unreadable"},
		{"targets", `{"indicator":"screened","value":"5","weight":true}`, "weight", "value_unreadable"},
		{"targets", `{"indicator":"screened","value":"5","weight":"101"}`, "weight", "weight_out_of_range"},
		{"targets", `{"indicator":"screened","value":"5","dated":"2026-02-30"}`, "dated", "date_unreadable"},
		{"targets", `{"indicator":"screened","value":"5","curve":["1","2"]}`, "curve", "curve_length"},
		{"targets", `{"indicator":"screened","value":"5","sign":"~"}`, "sign", "sign_unknown"},
		{"targets", `{"indicator":"screened","value":"5","unit":"nowhere"}`, "unit", "unit_not_found"},
		{"budget", `{}`, "lines", "budget_lines_count"},
		{"budget", `{"lines":[{"fund":"general","income":"1"}]}`, "lines[0].spent", "number_missing"},
		{"budget", `{"lines":[{"fund":"gold","income":"1","spent":"0"}]}`, "lines[0].fund", "fund_unknown"},
		{"budget", `{"lines":[{"fund":"general","income":"1","spent":"0","measure":"美元"}]}`, "lines[0].measure",
			"measure_not_money"},
		{"budget", `{"lines":[{"fund":"general","income":"1","spent":"0","closing":"5"}]}`, "lines[0].closing",
			"budget_identity"},
		{"budget", `{"lines":[{"fund":"general","income":"5","spent":"1","months":["1"]}]}`, "lines[0].months",
			"budget_months_length"},
		{"budget", `{"lines":[{"fund":"general","income":"99999999999","spent":"0"}]}`, "lines[0].income",
			"number_too_large"},
		{"budget", `{"lines":[{"fund":"general","income":"1","spent":"0"},{"fund":"general","income":"1","spent":"0"}]}`,
			"lines[1]", "budget_line_twice"},
	} {
		g := o.send(t, request{method: "POST", path: "/api/v1/years/2026/" + c.path, as: "staff", body: c.body}).want(t,
			http.StatusUnprocessableEntity)
		if p := g.problem(t); len(p.Errors) != 1 || p.Errors[0].Field != c.field || p.Errors[0].Code != c.code {
			t.Errorf("%s: want %s in %s: %s", c.body, c.code, c.field, g.body)
		}
	}
	for _, path := range []string{"targets", "budget"} {
		body := `{"indicator":"screened","value":"5"}`
		if path == "budget" {
			body = `{"lines":[{"fund":"general","income":"1","spent":"0"}]}`
		}
		o.send(t, request{method: "POST", path: "/api/v1/years/2025/" + path, as: "staff", body: body}).want(t,
			http.StatusConflict)
	}
}

func TestTargetsKeepTheirHistoryAndBudgetItsMeasure(t *testing.T) {
	o := smallOffice(t)
	post := func(path, body string) got {
		return o.send(t, request{method: "POST", path: "/api/v1/years/2026/" + path, as: "staff", body: body})
	}
	post("targets", `{"indicator":"screened","unit":"east","value":"100"}`).want(t, http.StatusCreated)
	post("targets",
		`{"indicator":"screened","unit":"east","value":"120","reason":"revised","curve":[0,0,10,20,30,40,50,60,70,80,90,100]}`).want(t, http.StatusCreated)
	post("targets", `{"indicator":"screened","unit":"west","value":"50"}`).want(t, http.StatusCreated)
	post("targets", `{"indicator":"users","unit":"east","value":"9"}`).want(t, http.StatusCreated)
	for query, want := range map[string]string{
		"?unit=east":                    "100- 120+ 9+",
		"?unit=east&indicator=screened": "100- 120+",
		"?indicator=screened":           "100- 120+ 50+",
		"":                              "",
	} {
		var list api.ListJSON[api.TargetJSON]
		must(t, json.Unmarshal([]byte(o.get(t, "leader", "/api/v1/years/2026/targets"+query).want(t, http.StatusOK).body),
			&list))
		var have []string
		for _, item := range list.Items {
			have = append(have, string(item.Value)+map[bool]string{true: "+", false: "-"}[*item.Holds])
		}
		if got := strings.Join(have, " "); got != want {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
	g := post("budget", `{"lines":[{"fund":"general","nature":"basic","opening":"10","income":"100.5","spent":"60.25"},
		{"fund":"social_insurance","measure":"元","income":"20000","spent":"5000","initial":"18000","months":[5000,0,0,0,0,0,0,0,0,0,0,0]}]}`).want(t, http.StatusOK)
	for _, want := range []string{`"income":"100.5"`, `"closing":"50.25"`, `"income":"2"`, `"spent":"0.5"`,
		`"initial":"1.8"`, `"execution":"54.52"`} {
		if !strings.Contains(g.body, want) {
			t.Errorf("the budget lacks %s: %s", want, g.body)
		}
	}
}
