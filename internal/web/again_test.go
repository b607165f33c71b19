package web

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// againForm is the form by which a page sends again, as a browser would.
type againForm struct {
	url.Values
	to       string
	files    bool // it asks for files
	byItself bool
}

var (
	againTag  = regexp.MustCompile(`<form method="post" action="([^"]*)"( enctype="multipart/form-data")?( data-send-again)?>`)
	againFile = regexp.MustCompile(`<input id="again-[a-z]+" name="(evidence|file)" type="file"`)
)

func againOf(t *testing.T, page string) againForm {
	t.Helper()
	_, page, _ = strings.Cut(page, `<main`) // above it are the frame's forms
	var out againForm
	for _, m := range againTag.FindAllStringSubmatchIndex(page, -1) {
		inside, _, _ := strings.Cut(page[m[0]:], "</form>")
		if !strings.Contains(inside, "再发送一次") {
			continue
		}
		tag := againTag.FindStringSubmatch(inside)
		out = againForm{url.Values{}, html.UnescapeString(tag[1]), tag[2] != "", tag[3] != ""}
		for _, m := range sentField.FindAllStringSubmatch(inside, -1) {
			out.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
		}
		if out.files != againFile.MatchString(inside) {
			t.Errorf("a form for files asks for none: %s", inside)
		}
	}
	return out
}

// Whatever form the database breaks off under, read or not, its page sends it again with all that was typed; files are
// named and chosen again.
func TestWhateverFormBreaksOffIsSentAgain(t *testing.T) {
	t.Parallel()
	o, line := farOffice(t)
	cookie, csrf := o.browser(t, "admin")
	o.log(t, "east")
	for _, c := range []struct {
		path, file string
		fields     []string
		byItself   bool
	}{
		{"/years/2026/entry", "", []string{"key", "k1", "value", "7", "note", "两场 <b>"}, true},
		{"/years/2026/entry", "签到 <表>.pdf", []string{"key", "k2", "value", "7"}, false},
		{"/updates/1/evidence", "a.pdf", nil, false},
		{"/years/2026/import", "a.xlsx", nil, false},
		{"/years/2026/import", "", []string{"table", "a\tb\n1\t2"}, false},
		{"/units/import", "a.xlsx", nil, false},
		{"/units/import", "", []string{"table", "code,name"}, false},
		{"/years/2026/plan/table", "a.xlsx", nil, false},
		{"/years/2026/adopt", "a.docx", nil, false},
		{"/years/2026/report/returned", "a.docx", nil, false},
		{"/years/2026/report/template", "a.docx", nil, false},
		{"/years/2026/check/document", "a.docx", nil, false},
	} {
		body, media := upload(csrf, c.file, "%PDF-1.4", c.fields...)
		if c.file == "" {
			body, media = upload(csrf, "", "", c.fields...)
		}
		line.Cut()
		told := o.send(t, request{method: "POST", path: c.path, cookie: cookie, body: body, media: media,
			header: map[string]string{"Sec-Fetch-Site": "same-origin"}})
		line.Mend()
		f := againOf(t, told.body)
		if told.StatusCode != 503 || f.to != c.path || f.byItself != c.byItself || f.files != (c.file != "") ||
			f.Get("csrf") != csrf || f.Get("resent") != "1" {
			t.Errorf("%s with %q: %d, sent again as %+v", c.path, c.file, told.StatusCode, f)
		}
		for i := 0; i+1 < len(c.fields); i += 2 {
			if f.Get(c.fields[i]) != c.fields[i+1] {
				t.Errorf("%s: %s is sent again as %q", c.path, c.fields[i], f.Get(c.fields[i]))
			}
		}
		if !strings.Contains(told.body, html.EscapeString(c.file)) {
			t.Errorf("%s: the file is not named", c.path)
		}
	}
}

// An entry with evidence whose fate is unknown is sent again with the file chosen anew: it counts once, and has the
// file.
func TestAnEntryWithEvidenceIsSentAgain(t *testing.T) {
	t.Parallel()
	o, line := farOffice(t)
	cookie, csrf := o.browser(t, "staff")
	body, media := upload(csrf, "a.pdf", "%PDF-1.4\n", "key", "form-3", "indicator", "screened", "unit", "east",
		"date", "2026-11-02", "value", "7")
	line.LoseAnswer(true)
	told := o.send(t, request{method: "POST", path: "/years/2026/entry", cookie: cookie, body: body, media: media})
	line.Mend()
	f := againOf(t, told.body)
	if told.StatusCode != 503 || !f.files || f.byItself || f.Get("key") != "form-3" {
		t.Fatalf("%d, sent again as %+v: %s", told.StatusCode, f, told.body)
	}
	var fields []string
	for name := range f.Values {
		if name != "csrf" {
			fields = append(fields, name, f.Get(name))
		}
	}
	for range 2 {
		body, media = upload(f.Get("csrf"), "a.pdf", "%PDF-1.4\n", fields...)
		o.send(t, request{method: "POST", path: f.to, cookie: cookie, body: body, media: media}).want(t, 303)
	}
	if n := o.entries(t); n != 1 {
		t.Errorf("it counts %d times", n)
	}
	if g := o.get(t, "staff", "/api/v1/updates"); !strings.Contains(g.body, "a.pdf") {
		t.Errorf("its evidence: %s", g.body)
	}
}

// A form that did not come to its end is not sent again without what is missing.
func TestAFormThatWasCutIsNotSentAgain(t *testing.T) {
	t.Parallel()
	o, line := farOffice(t)
	cookie, csrf := o.browser(t, "staff")
	body, media := upload(csrf, "a.txt", "签到", "key", "form-4", "value", "7")
	line.Cut()
	told := o.send(t, request{method: "POST", path: "/years/2026/entry", cookie: cookie, body: body[:len(body)-60],
		media: media})
	if f := againOf(t, told.body); told.StatusCode != 503 || f.to != "" ||
		!strings.Contains(told.body, "回到填写页面") {
		t.Errorf("%d, sent again as %+v", told.StatusCode, f)
	}
}
