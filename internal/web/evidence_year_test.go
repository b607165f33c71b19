package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// aPicture is a real picture, another one for each size.
func aPicture(t *testing.T, side int) string {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, side, side))))
	return b.String()
}

func TestAPictureHasAPreviewAndNothingElseHas(t *testing.T) {
	o := smallOffice(t)
	id := o.log(t, "east")
	for i, name := range []string{"a.png", "broken.png", "a.pdf", "a.heic", "a.ofd"} {
		content := []string{aPicture(t, 700), tinyPNG[:40], "%PDF-1.7", "\x00\x00\x00\x18ftypheic",
			packed("OFD.xml", "<OFD/>")}[i]
		o.uploadTo(t, "staff", id, name, content).want(t, http.StatusCreated)
	}
	first := o.get(t, "leader", "/evidence/1/preview.jpg").want(t, http.StatusOK)
	if first.Header.Get("Content-Type") != "image/jpeg" || first.Header.Get("Cache-Control") != "private, no-cache" ||
		first.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers: %v", first.Header)
	}
	again := o.send(t, request{method: "GET", path: "/evidence/1/preview.jpg", as: "leader",
		header: map[string]string{"If-None-Match": first.Header.Get("ETag")}})
	again.want(t, http.StatusNotModified)
	if o.get(t, "leader", "/evidence/1/preview.jpg").body != first.body {
		t.Error("the preview that was kept is another one")
	}
	for range 2 { // the second time from what was kept
		if at := o.get(t, "leader", "/evidence/2/preview.jpg").want(t, http.StatusSeeOther).
			Header.Get("Location"); !strings.HasPrefix(at, "/assets/picture.") {
			t.Errorf("a damaged picture leads to %q", at)
		}
		if at := o.get(t, "leader", "/evidence/4/preview.jpg").want(t, http.StatusSeeOther).
			Header.Get("Location"); !strings.HasPrefix(at, "/assets/picture.") {
			t.Errorf("a picture nobody here can read leads to %q", at)
		}
		o.get(t, "leader", "/evidence/5/preview.jpg").want(t, http.StatusNotFound)
		o.get(t, "leader", "/evidence/3/preview.jpg").want(t, http.StatusNotFound)
	}
	o.send(t, request{method: "PATCH", path: "/api/v1/evidence/1", as: "reporter", body: `{"sensitive":true}`}).
		want(t, http.StatusOK)
	o.get(t, "staff", "/evidence/1/preview.jpg").want(t, http.StatusNotFound)
	o.get(t, "staff", "/evidence/1").want(t, http.StatusOK)
	for _, at := range []string{"/evidence/1/preview.jpg", "/evidence/1", "/api/v1/evidence/1", "/evidence/2?original=1"} {
		o.get(t, "leader", at).want(t, http.StatusForbidden)
	}
}

// Several files in one form are kept together, or none when one of them is refused.
func TestSeveralFilesAreAddedToAnEntryAtOnce(t *testing.T) {
	o := smallOffice(t)
	at := fmt.Sprintf("/updates/%d/evidence", o.log(t, "east"))
	cookie, csrf := o.browser(t, "reporter")
	post := func(files ...string) got {
		body, media := uploads(csrf, files...)
		return o.send(t, request{method: "POST", path: at, cookie: cookie, body: body, media: media})
	}
	refused := post("one.png", aPicture(t, 3), "two.png", "MZ").want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(refused.body, "two.png") || keptFiles(t, o) != 0 || stagedFiles(t, o) != 0 {
		t.Errorf("%d kept: %.200s", keptFiles(t, o), refused.body)
	}
	post().want(t, http.StatusUnprocessableEntity)
	post("one.png", aPicture(t, 3), "two.png", aPicture(t, 4)).want(t, http.StatusSeeOther)
	page := o.send(t, request{method: "GET", path: at, cookie: cookie}).want(t, http.StatusOK)
	for _, want := range []string{"one.png", "two.png", "/evidence/2/preview.jpg", "/evidence/1/sensitive"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the entry's page lacks %s", want)
		}
	}
	o.send(t, request{method: "POST", path: "/evidence/1/sensitive", cookie: cookie, body: "sensitive=yes&csrf=" + csrf}).
		want(t, http.StatusSeeOther)
	page = o.send(t, request{method: "GET", path: at, cookie: cookie})
	if strings.Contains(page.body, "/evidence/1/preview.jpg") || !strings.Contains(page.body, "敏感") ||
		strings.Contains(page.body, "/evidence/1/sensitive") {
		t.Error("the mark does not show, or may be taken off by whoever logs")
	}
	for _, path := range []string{at, "/years/2026/evidence", "/years/2026/updates"} {
		for as, named := range map[string]bool{"staff": true, "leader": false} {
			page := o.get(t, as, path).want(t, http.StatusOK).body
			if strings.Contains(page, "one.png") != named || !strings.Contains(page, "two.png") {
				t.Errorf("%s on %s: named %v", as, path, !named)
			}
		}
	}
}

// The mark is taken off with a reason, and what was typed is kept if it will not do.
func TestTheMarkIsTakenOffWithAReason(t *testing.T) {
	o := smallOffice(t)
	id := o.attach(t, o.log(t, "east"))
	o.send(t, request{method: "PATCH", path: fmt.Sprintf("/api/v1/evidence/%d", id), as: "staff",
		body: `{"sensitive":true}`}).want(t, http.StatusOK)
	cookie, csrf := o.browser(t, "reviewer")
	post := func(reason string) got {
		return o.send(t, request{method: "POST", path: fmt.Sprintf("/evidence/%d/sensitive", id), cookie: cookie,
			body: "sensitive=no&csrf=" + csrf + "&reason=" + url.QueryEscape(reason)})
	}
	refused := post("").want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(refused.body, "请说明原因") || !strings.Contains(refused.body, "<details class=\"unmark\" open>") {
		t.Errorf("the form does not say what is wrong: %s", refused.body)
	}
	long := strings.Repeat("长", 2100)
	if g := post(long).want(t, http.StatusUnprocessableEntity); !strings.Contains(g.body, long) {
		t.Error("what was typed is lost")
	}
	post("无个人信息").want(t, http.StatusSeeOther)
	o.get(t, "leader", fmt.Sprintf("/evidence/%d", id)).want(t, http.StatusOK)
}

// An administrator erases one file, or a closed year's, with a reason; without one, the form says so and keeps what was
// chosen.
func TestEvidenceIsErasedFromItsPages(t *testing.T) {
	o := smallOffice(t)
	u := o.log(t, "east")
	one := o.attach(t, u)
	o.uploadTo(t, "staff", u, "two.png", aPicture(t, 5)).want(t, http.StatusCreated)
	_, err := o.app.AddAccount(ctx, kpi.Operator, app.NewAccount{Name: "x7q", FullName: "钱小梅", Role: kpi.Admin,
		Password: goodPassword})
	must(t, err)
	cookie, csrf := o.browser(t, "x7q")
	post := func(path, body string) got {
		return o.send(t, request{method: "POST", path: path, cookie: cookie, body: body + "&csrf=" + csrf})
	}
	at := fmt.Sprintf("/evidence/%d/erase", one)
	if g := post(at, "reason=").want(t, http.StatusUnprocessableEntity); !strings.Contains(g.body, "请说明原因") {
		t.Errorf("it does not say what is wrong: %s", g.body)
	}
	post(at, "reason="+url.QueryEscape("误传")).want(t, http.StatusSeeOther)
	if page := o.get(t, "leader", fmt.Sprintf("/updates/%d/evidence", u)).body; !strings.Contains(page, "由 钱小梅 销毁：误传") {
		t.Errorf("the page does not say it: %s", page)
	}
	gone := o.get(t, "staff", fmt.Sprintf("/evidence/%d", one)).want(t, http.StatusNotFound)
	if !strings.Contains(gone.body, "由 钱小梅 销毁：误传") {
		t.Errorf("the address does not say it: %s", gone.body)
	}
	post("/years/2026/evidence/erase", "what=all&reason=x").want(t, http.StatusConflict)
	must(t, o.app.CloseYear(ctx, kpi.Operator, 2026, "done"))
	refused := post("/years/2026/evidence/erase", "what=all&reason=").want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(refused.body, `value="all" checked`) || !strings.Contains(refused.body, "请说明原因") {
		t.Errorf("what was chosen is lost: %s", refused.body)
	}
	post("/years/2026/evidence/erase", "what=all&reason=x").want(t, http.StatusSeeOther)
	o.get(t, "staff", "/evidence/2").want(t, http.StatusNotFound)
	o.get(t, "staff", "/years/2026/evidence.zip").want(t, http.StatusOK)
}

// A file that somebody took off the disk is said to be missing: no fault of the program.
func TestAFileThatIsGoneIsSaid(t *testing.T) {
	o := smallOffice(t)
	id := o.attach(t, o.log(t, "east"))
	must(t, removeKept(o, tinyPNG))
	for _, path := range []string{"/evidence/%d", "/api/v1/evidence/%d", "/evidence/%d/preview.jpg"} {
		if g := o.get(t, "leader", fmt.Sprintf(path, id)).want(t, http.StatusNotFound); !strings.Contains(g.body, "找不到文件") {
			t.Errorf("%s: %s", path, g.body)
		}
	}
	o.get(t, "leader", "/years/2026/evidence.zip").want(t, http.StatusNotFound)
}

// uploads is a multipart body with a CSRF token and files, name after name and content after content.
func uploads(csrf string, files ...string) (body, media string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.WriteField("csrf", csrf) //nolint:errcheck // into memory
	for i := 0; i+1 < len(files); i += 2 {
		part, _ := w.CreateFormFile("evidence", files[i]) //nolint:errcheck // into memory
		io.WriteString(part, files[i+1])                  //nolint:errcheck // into memory
	}
	w.Close()
	return b.String(), w.FormDataContentType()
}

func TestAYearsEvidenceIsPacked(t *testing.T) {
	o := smallOffice(t)
	east, west := o.log(t, "east"), o.log(t, "west")
	o.uploadTo(t, "staff", east, "east.png", aPicture(t, 5)).want(t, http.StatusCreated)
	o.uploadTo(t, "staff", west, "west.png", aPicture(t, 6)).want(t, http.StatusCreated)
	o.uploadTo(t, "staff", west, "west.pdf", "%PDF-1").want(t, http.StatusCreated)
	o.send(t, request{method: "PATCH", path: "/api/v1/evidence/3", as: "staff", body: `{"sensitive":true}`}).
		want(t, http.StatusOK)
	pack := func(as, query string) (names []string) {
		t.Helper()
		g := o.get(t, as, "/years/2026/evidence.zip"+query).want(t, http.StatusOK)
		z, err := zip.NewReader(strings.NewReader(g.body), int64(len(g.body)))
		must(t, err)
		for _, f := range z.File {
			if f.Method == zip.Store {
				names = append(names, f.Name[strings.LastIndexByte(f.Name, '/')+1:])
			}
		}
		return names
	}
	for _, c := range []struct{ as, query, want string }{
		{"leader", "", "1-1-1 east.png 1-1-2 west.png"},
		{"staff", "?sensitive=1", "1-1-1 east.png 1-1-2 west.png 1-1-3 west.pdf"},
		{"reporter", "", "1-1-1 east.png"}, {"staff", "?unit=west", "1-1-2 west.png"},
	} {
		if have := strings.Join(pack(c.as, c.query), " "); have != c.want {
			t.Errorf("%s %s: %s, want %s", c.as, c.query, have, c.want)
		}
	}
	if o.get(t, "leader", "/years/2026/evidence.zip").body != o.get(t, "staff", "/years/2026/evidence.zip").body {
		t.Error("two packs of the same files differ")
	}
	o.get(t, "leader", "/years/2026/evidence?area=none").want(t, http.StatusNotFound)
	must(t, removeKept(o, aPicture(t, 5)))
	o.get(t, "leader", "/years/2026/evidence.zip").want(t, http.StatusNotFound) // before the first byte
}

func TestEvidenceCallsAnswerAsDescribed(t *testing.T) {
	o, doc := smallOffice(t), description(t)
	o.attach(t, o.log(t, "east"))
	for _, query := range []string{"", "?unit=east", "?indicator=screened"} {
		g := o.described(t, doc, "/years/{year}/evidence",
			request{method: "GET", path: apiRoot + "/years/2026/evidence" + query, as: "leader"}, 200, false)
		if !strings.Contains(g.body, `"number":"1-1-1"`) {
			t.Errorf("%s: %s", query, g.body)
		}
	}
	o.described(t, doc, "/years/{year}/evidence.zip",
		request{method: "GET", path: apiRoot + "/years/2026/evidence.zip", as: "leader"}, 200, false)
	o.described(t, doc, "/evidence/{id}", request{method: "PATCH", path: apiRoot + "/evidence/1", as: "staff",
		body: `{"sensitive":true}`}, 200, false)
	o.described(t, doc, "/evidence/{id}", request{method: "PATCH", path: apiRoot + "/evidence/1", as: "staff", body: `{}`},
		422, true)
}

func init() {
	const logs = "staff reviewer reporter admin"
	actions = slices.Concat(actions, []action{
		{"GET", "/updates/{w}/evidence", "", "leader staff reviewer auditor admin", true},
		{"GET", "/updates/{e}/evidence", "", everyone, true},
		{"GET", "/years/2026/evidence", "", everyone, true},
		{"GET", "/years/2026/evidence?unit=west", "", "leader staff reviewer auditor admin", true},
		{"GET", "/api/v1/years/2026/evidence?unit=east", "", everyone, false},
		{"GET", "/api/v1/years/2026/evidence.zip?unit=west", "", "leader staff reviewer auditor admin", false},
		{"GET", "/api/v1/years/2026/evidence.zip?sensitive=1", "", "staff reviewer reporter auditor admin", false},
		{"GET", "/api/v1/years/2026/evidence.zip?original=1", "", "staff reviewer reporter auditor admin", false},
		{"GET", "/evidence/{ef}?original=1", "", "staff reviewer reporter auditor admin", true},
		{"POST", "/evidence/{wf}/sensitive", "sensitive=no", "reviewer admin", true},
		{"PATCH", "/api/v1/evidence/{wf}", `{"sensitive":false}`, "reviewer admin", false},
		{"POST", "/evidence/{ef}/sensitive", "sensitive=yes", logs, true},
		{"POST", "/evidence/{wf}/sensitive", "sensitive=yes", "staff reviewer admin", true},
		{"PATCH", "/api/v1/evidence/{wf}", `{"sensitive":true}`, "staff reviewer admin", false},
		{"PATCH", "/api/v1/evidence/{ef}", `{"sensitive":true}`, logs, false},
	})
}
