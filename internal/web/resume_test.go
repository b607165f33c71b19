package web

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var hiddenInput = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)

// hiddenOf are the hidden fields of a page.
func hiddenOf(body string) url.Values {
	out := url.Values{}
	for _, m := range hiddenInput.FindAllStringSubmatch(body, -1) {
		out.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	return out
}

// A form sent after its session has ended waits on the sign-in page and comes back as it was typed;
// nothing is written before it is sent once more.
func TestAFormWaitsOnTheSignInPage(t *testing.T) {
	o := smallOffice(t)
	const note = "“半截” <script>alert(1)</script> & 其他"
	typed := url.Values{"csrf": {"old"}, "indicator": {"screened"}, "unit": {"east"}, "date": {"2026-11-03"},
		"value": {"7余"},
		"note":  {note}, "key": {"k7"}}
	var files bytes.Buffer
	w := multipart.NewWriter(&files)
	for name, values := range typed {
		must(t, w.WriteField(name, values[0]))
	}
	part, err := w.CreateFormFile("evidence", "photo.jpg")
	must(t, err)
	_, err = part.Write(bytes.Repeat([]byte("x"), 1<<20))
	must(t, err)
	must(t, w.Close())
	for name, sent := range map[string]request{
		"a form":       {body: typed.Encode()},
		"with a photo": {body: files.String(), media: w.FormDataContentType()},
	} {
		sent.method, sent.path, sent.cookie = "POST", "/years/2026/entry?unit=east", "dabiao="+strings.Repeat("x", 43)
		g := o.send(t, sent).want(t, http.StatusUnauthorized)
		fields := hiddenOf(g.body)
		if strings.Contains(g.body, "<script>alert") || fields.Get("kept.note") != note || fields.Get("next") != sent.path ||
			!strings.Contains(g.body, "您刚才填写的内容都在") || fields.Has("kept.csrf") {
			t.Fatalf("%s: the sign-in page holds %q", name, fields)
		}
		if (name == "with a photo") != strings.Contains(g.body, "附件需要重新选择") {
			t.Errorf("%s: it does not say what becomes of the files", name)
		}
		fields.Set("name", "staff")
		fields.Set("password", "wrong one")
		wrong := o.send(t, request{method: "POST", path: "/login", body: fields.Encode()}).want(t,
			http.StatusUnprocessableEntity)
		fields = hiddenOf(wrong.body)
		fields.Set("name", "staff")
		fields.Set("password", goodPassword)
		again := o.send(t, request{method: "POST", path: "/login", body: fields.Encode()}).want(t,
			http.StatusUnprocessableEntity)
		for _, kept := range []string{"已重新登录", `value="7余"`, `value="2026-11-03"`, html.EscapeString("其他"), `value="k7"`} {
			if !strings.Contains(again.body, kept) {
				t.Errorf("%s: the form does not hold %q: %.2000s", name, kept, again.body)
			}
		}
		if strings.Contains(again.body, goodPassword) || strings.Contains(again.body, "<script>alert") {
			t.Errorf("%s: the form holds what it should not", name)
		}
		cookie, _, _ := strings.Cut(again.Header.Get("Set-Cookie"), ";")
		if cookie == "" || cookie == sent.cookie {
			t.Fatalf("%s: no session of its own: %q", name, cookie)
		}
	}
	c := newClerk(t, o)
	c.wantEntries(0)
	c.post("/years/2026/entry", "indicator", "screened", "unit", "east", "date", "2026-11-03", "value", "7", "key", "k7").
		want(t, http.StatusSeeOther)
	c.wantEntries(1)
}

// A page of an earlier session brings its form back, too, if the browser says it is a page of ours; a form
// from anywhere else is refused as ever.
func TestAFormOfAnEarlierSessionComesBack(t *testing.T) {
	o := smallOffice(t)
	c := newClerk(t, o)
	old := url.Values{"csrf": {"of-another-session"}, "indicator": {"screened"}, "unit": {"east"}, "date": {"2026-11-03"},
		"value": {"7"}, "key": {"k8"}}
	for from, want := range map[string]int{"same-origin": http.StatusUnprocessableEntity, "": http.StatusForbidden,
		"cross-site": http.StatusForbidden} {
		r := request{method: "POST", path: "/years/2026/entry", cookie: c.cookie, body: old.Encode()}
		if from != "" {
			r.header = map[string]string{"Sec-Fetch-Site": from}
		}
		var files bytes.Buffer
		w := multipart.NewWriter(&files)
		for name, values := range old {
			must(t, w.WriteField(name, values[0]))
		}
		part, err := w.CreateFormFile("evidence", "photo.jpg")
		must(t, err)
		_, err = part.Write([]byte("\xff\xd8\xff"))
		must(t, err)
		must(t, w.Close())
		withFile := r
		withFile.body, withFile.media = files.String(), w.FormDataContentType()
		for _, r := range []request{r, withFile} {
			g := o.send(t, r).want(t, want)
			if from == "same-origin" && (!strings.Contains(g.body, `value="k8"`) || !strings.Contains(g.body, "附件需要重新选择")) {
				t.Errorf("the form is lost: %.500s", g.body)
			}
		}
	}
	c.wantEntries(0)
}

// Secrets wait on no page.
func TestNoSecretWaitsOnTheSignInPage(t *testing.T) {
	o := smallOffice(t)
	body := "csrf=a&old_password=hunter22&new_password=hunter23&secret=s3cret&reason=kept"
	g := o.send(t, request{method: "POST", path: "/account/password", body: body}).want(t, http.StatusUnauthorized)
	for _, secret := range []string{"hunter22", "hunter23", "s3cret"} {
		if strings.Contains(g.body, secret) {
			t.Errorf("the page holds %q", secret)
		}
	}
	if !strings.Contains(g.body, `name="kept.reason" value="kept"`) {
		t.Error("what is no secret is not kept")
	}
}
