package web

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// Every figure's source is named: the entry, its evidence with the hash the file has, and nobody's name.
func TestSourcesNameEntriesAndEvidence(t *testing.T) {
	o := smallOffice(t)
	id := o.log(t, "east")
	o.attach(t, id)
	body := o.get(t, "leader", "/api/v1/years/2026/report.csv?form=source-log&lang=zh-CN").want(t, 200).body
	if short := o.get(t, "leader", "/api/v1/years/2026/report.csv?form=sources&lang=zh-CN").want(t, 200).body; !strings.Contains(
		short, "1笔填报，为7人,1,1-1-1") {
		t.Errorf("the short list does not count entries and evidence: %s", short)
	}
	for _, want := range []string{"2026-11-02", "east", "7人", "1-1-1 照片.png ", "1笔填报，为7人"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is missing in %s", want, body)
		}
	}
	_, err := o.app.WithdrawUpdate(ctx, kpi.Operator, id, "wrong", "", kpi.FromForm)
	must(t, err)
	if body := o.get(t, "leader", "/api/v1/years/2026/report.csv?form=sources&lang=zh-CN").want(t, 200).
		body; strings.Contains(body, "7人") {
		t.Errorf("an entry that was taken back is still a source: %s", body)
	}
}

func TestAFormThatIsNoneIsRefusedWithOneSentence(t *testing.T) {
	o := smallOffice(t)
	for path, want := range map[string]struct {
		status   int
		sentence string
	}{
		"report.docx?form=nonsense": {404, "There is no form “nonsense”."},
		"report.csv":                {422, "The text of the report cannot be exported as csv"},
		"report.exe?form=bulletin":  {404, "“exe” is not an available format."},
	} {
		g := o.send(t, request{method: "GET", path: "/api/v1/years/2026/" + path, as: "leader",
			header: map[string]string{"Accept-Language": "en"}}).want(t, want.status)
		if !strings.Contains(g.body, want.sentence) {
			t.Errorf("%s: %s", path, g.body)
		}
	}
}

// What the office says of an indicator stands in the month's monitoring table and in no other's.
func TestAnOutlookStandsInItsMonthsTable(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	o.log(t, "east")
	say := func(body string, status int) got {
		t.Helper()
		return o.described(t, doc, "/years/{year}/outlooks",
			request{method: "POST", path: "/api/v1/years/2026/outlooks", as: "staff", body: body,
				header: map[string]string{"Accept-Language": "en"}}, status, status >= 400)
	}
	refused := say(`{"indicator":"screened","month":"2026-10","possibility":"possible"}`, 422).problem(t)
	if len(refused.Errors) != 2 {
		t.Errorf("neither cause nor reason: %+v", refused.Errors)
	}
	say(`{"indicator":"screened","month":"2026-12","possibility":"certain"}`, 422)
	say(`{"indicator":"nothing","month":"2026-10","possibility":"certain"}`, 422)
	say(`{"indicator":"screened","month":"2026-10","possibility":"maybe"}`, 422)
	say(`{"indicator":"screened","month":"2026-10","possibility":"impossible","causes":["funds","other"],"reason":"经费未到"}`,
		200)
	table := func(month string) string {
		return o.get(t, "leader", "/api/v1/years/2026/report.csv?form=monitoring&lang=zh-CN&as_of="+month).want(t, 200).body
	}
	if row := "√,,,,√,经费未到,,,√,"; !strings.Contains(table("2026-10"), row) {
		t.Errorf("%s is not in %s", row, table("2026-10"))
	}
	if strings.Contains(table("2026-11"), "经费未到") {
		t.Error("what was said of October stands in November")
	}
}

// A tick is remembered until the line says something else.
func TestALineIsTypedOnceUntilItChanges(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	cookie, csrf := o.browser(t, "staff")
	page := func() string {
		return o.send(t, request{method: "GET", path: "/years/2026/report/rekey", cookie: cookie}).want(t, 200).body
	}
	tick := func(body string) {
		t.Helper()
		o.send(t, request{method: "POST", path: "/years/2026/report/rekey", cookie: cookie, body: body + "&csrf=" + csrf}).
			want(t, 303)
	}
	ticked := `value="1/screened" checked`
	tick("done=1/screened&done=no-such-line")
	if !strings.Contains(page(), ticked) {
		t.Error("the tick is not remembered")
	}
	tick("done=1/screened&was=1/screened") // the whole form of a browser without script
	if !strings.Contains(page(), ticked) {
		t.Error("the tick is lost when nothing changed")
	}
	o.log(t, "west")
	if body := page(); strings.Contains(body, ticked) || !strings.Contains(body, "数字已变") {
		t.Error("a line that says something else still counts as typed")
	}
	tick("done=1/screened")
	tick("was=1/screened")
	if body := page(); strings.Contains(body, ticked) || strings.Contains(body, "数字已变") {
		t.Error("the tick cannot be taken back")
	}
}

// An office's own Word file: what is in it is told before it is kept, and it is filled at each download.
func TestAnOwnTemplateIsKeptAndFilled(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	cookie, csrf := o.browser(t, "staff")
	sample := o.get(t, "staff", "/years/2026/report/template/sample.docx?lang=zh-CN").want(t, 200).body
	send := func(name, content string, status int) got {
		t.Helper()
		body, media := upload(csrf, name, content, "form", "bulletin")
		return o.send(t, request{method: "POST", path: "/years/2026/report/template", cookie: cookie, body: body,
			media: media}).want(t, status)
	}
	filled := "/years/2026/report/template/filled.docx?form=bulletin&lang=zh-CN"
	o.get(t, "leader", filled).want(t, 404)
	for name, content := range map[string]string{"模板.doc": sample, "模板.docx": "no zip",
		"宏.docx": withPart(t, sample, "word/vbaProject.bin", "x"), "错.docx": replaced(t, sample, "⟦单位⟧", "⟦没有这个⟧")} {
		if g := send(name, content, 422); !strings.Contains(g.body, "errors") {
			t.Errorf("%s: nothing is told", name)
		}
	}
	o.get(t, "leader", filled).want(t, 404)
	send("模板.docx", sample, 303)
	text := o.get(t, "leader", filled).want(t, 200).body
	for _, want := range []string{"secret screened：完成7人，未设年度目标。", "某县某局 2026年", "secret users"} {
		if !strings.Contains(wordTextOf(t, text), want) {
			t.Errorf("%q is not in %s", want, wordTextOf(t, text))
		}
	}
	if again := o.get(t, "leader", filled).body; again != text {
		t.Error("two downloads differ")
	}
	if o.get(t, "leader", "/years/2026/report/template/original.docx?form=bulletin").body != sample {
		t.Error("the original is another file")
	}
	o.send(t, request{method: "POST", path: "/years/2026/report/template/removal", cookie: cookie,
		body: "form=bulletin&csrf=" + csrf}).want(t, 303)
	o.get(t, "leader", filled).want(t, 404)
}

// A template whose indicator was archived says so at download, with the place, and is not filled with a gap.
func TestATemplateOutlivesItsIndicator(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	sample := o.get(t, "staff", "/years/2026/report/template/sample.docx?lang=zh-CN").want(t, 200).body
	body, media := upload(csrf, "模板.docx", sample, "form", "bulletin")
	o.send(t, request{method: "POST", path: "/years/2026/report/template", cookie: cookie, body: body, media: media}).
		want(t, 303)
	o.get(t, "leader", "/years/2026/report/template/filled.docx?form=bulletin").want(t, 200)
	o.send(t, request{method: "PATCH", path: "/api/v1/indicators/screened", as: "staff", body: `{"archived":true}`}).
		want(t, 200)
	g := o.send(t, request{method: "GET", path: "/years/2026/report/template/filled.docx?form=bulletin&lang=zh-CN",
		as: "leader", header: map[string]string{"Accept-Language": "zh-CN"}}).want(t, 422)
	if !strings.Contains(g.body, "正文第5段：“⟦secret screened·完成数⟧”引用的指标“secret screened”不在2026年的指标里") {
		t.Errorf("the page says %s", wordMarkup.ReplaceAllString(g.body, ""))
	}
}

// rezip writes a zip again, each part as turn says.
func rezip(t *testing.T, file string, turn func(name, content string) string, more ...string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name, content string) {
		p, err := w.Create(name)
		must(t, err)
		_, err = io.WriteString(p, content)
		must(t, err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		content, err := io.ReadAll(r)
		must(t, err)
		put(f.Name, turn(f.Name, string(content)))
	}
	for i := 0; i+1 < len(more); i += 2 {
		put(more[i], more[i+1])
	}
	must(t, w.Close())
	return b.String()
}

func withPart(t *testing.T, file, name, content string) string {
	t.Helper()
	return rezip(t, file, func(_, content string) string { return content }, name, content)
}

func replaced(t *testing.T, file, from, to string) string {
	t.Helper()
	return rezip(t, file, func(_, content string) string { return strings.ReplaceAll(content, from, to) })
}

var wordMarkup = regexp.MustCompile(`<[^>]*>`)

func wordTextOf(t *testing.T, file string) (text string) {
	t.Helper()
	rezip(t, file, func(name, content string) string {
		if name == "word/document.xml" {
			text = wordMarkup.ReplaceAllString(content, "")
		}
		return content
	})
	return text
}
