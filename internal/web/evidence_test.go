package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// packed is a zip with the given entries, name after name and content after content.
func packed(entries ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(entries); i += 2 {
		f, err := w.Create(entries[i])
		if err != nil {
			panic(err)
		}
		f.Write([]byte(entries[i+1])) //nolint:errcheck // into memory
	}
	w.Close()
	return b.String()
}

// send a file to an entry as the API's upload.
func (o *office) uploadTo(t *testing.T, as string, id kpi.UpdateID, name, content string) got {
	t.Helper()
	body, media := upload("", name, content)
	return o.send(t, request{method: "POST", path: fmt.Sprintf("/api/v1/updates/%d/evidence", id), as: as,
		body: body, media: media})
}

func TestOnlyFilesThatAreWhatTheySayAreKept(t *testing.T) {
	o := smallOffice(t)
	id := o.log(t, "east")
	oldOffice := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on"
	docx := packed("[Content_Types].xml", "<Types/>", "word/document.xml", "<w:document/>")
	bomb := packed("word/document.xml", strings.Repeat("\x00", 70<<20))
	many := make([]string, 0, 5000)
	for i := range 2001 {
		many = append(many, fmt.Sprintf("e%d", i), "")
	}
	for _, c := range []struct{ name, content, code string }{
		{"a.png", tinyPNG, ""}, {"a.JPG", "\xFF\xD8\xFF\xE0 and so on", ""}, {"a.jpeg", "\xFF\xD8\xFF\xE1", ""},
		{"a.gif", "GIF89a and so on", ""}, {"批复.pdf", "%PDF-1.7 and so on", ""}, {"a.doc", oldOffice, ""},
		{"a.xls", oldOffice, ""}, {"a.wps", oldOffice, ""}, {"方案.docx", docx, ""}, {"a.ppt", oldOffice, ""},
		{"a.dps", oldOffice, ""}, {"a.bmp", "BM and so on", ""}, {"IMG_0001.HEIC", "\x00\x00\x00\x24ftypheic and so on", ""},
		{"IMG_0002.heic", "\x00\x00\x00\x18ftypmif1 and so on", ""}, {"a.heif", "\x00\x00\x00\x18ftypmsf1....", ""},
		{"a.webp", "RIFF\x10\x00\x00\x00WEBPVP8 ", ""}, {"a.tif", "II*\x00 and so on", ""},
		{"a.tiff", "MM\x00* and so on", ""}, {"电子发票.ofd", packed("OFD.xml", "<ofd:OFD/>", "Doc_0/Document.xml", "<d/>"), ""},
		{"a.xlsx", packed("xl/workbook.xml", "<x/>"), ""},

		{"a.exe", "MZ\x90\x00", "file_type_refused"}, {"a.html", "<script>", "file_type_refused"},
		{"a.svg", "<svg/>", "file_type_refused"}, {"a.zip", packed("x", "y"), "file_type_refused"},
		{"a", "x", "file_type_refused"}, {"a.png.exe", tinyPNG, "file_type_refused"},
		{"a.docm", docx, "file_type_refused"}, {"a.mp4", "\x00\x00\x00\x18ftypmp42....", "file_type_refused"},
		{"a.ofd.exe", "PK", "file_type_refused"}, {"a.heic", "\x00\x00\x00\x18ftypmp42 a film", "file_not_what_it_says"},
		{"a.heic", "\xFF\xD8\xFF a JPEG", "file_is_another"},
		{"a.jpg", "\x00\x00\x00\x18ftypheic a photo", "file_is_another"}, {"a.heic", "ftypheic", "file_not_what_it_says"},
		{"a.webp", "RIFF\x10\x00\x00\x00WAVEfmt ", "file_not_what_it_says"}, {"a.webp", "RIFF", "file_not_what_it_says"},
		{"a.ofd", "<OFD/>", "file_not_what_it_says"}, {"a.ofd", docx, "file_not_what_it_says"},
		{"a.ofd", packed("OFD.xml", `<!DOCTYPE x><x/>`), "file_not_what_it_says"},
		{"a.xlsx", oldOffice, "file_is_old_office"}, {"a.docx", oldOffice, "file_is_old_office"},
		{"a.pptx", oldOffice, "file_is_old_office"}, {"a.png", "MZ\x90\x00 renamed", "file_not_what_it_says"},
		{"a.png", "<html><script>alert(1)</script>", "file_not_what_it_says"},
		{"a.pdf", "\x89PNG\r\n\x1a\n", "file_is_another"}, {"a.docx", tinyPNG, "file_is_another"},
		{"a.docx", packed("nothing", "of the sort"), "file_not_what_it_says"},
		{"a.docx", docx[:len(docx)/2], "file_not_what_it_says"},
		{"a.docx", bomb, "file_not_what_it_says"},
		{"a.docx", packed(append(many, "word/document.xml", "x")...), "file_not_what_it_says"},
		{"a.docx", packed("word/document.xml", "x", "../../etc/passwd", "x"), "file_not_what_it_says"},
		{"a.docx", packed("word/document.xml", "x", `word\x`, "x"), "file_not_what_it_says"},
		{"a.docx", packed("word/document.xml", "x", "word/document.xml", "y"), "file_not_what_it_says"},
		{"a.docx", packed("word/document.xml", "x", "word/vbaProject.bin", "macro"), "file_has_macros"},
		{"a.xlsx", packed("xl/workbook.xml", "x", "xl/VBAProject.bin", "macro"), "file_has_macros"},
		{"a.docx", packed("word/document.xml", `<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>`),
			"file_not_what_it_says"},
		{"a.png", "", "file_empty"},
		{"a.png", tinyPNG + strings.Repeat("x", 20<<20), "file_too_large"},
		{"\u202egnp.exe.png", tinyPNG, "file_name_malformed"},
		{strings.Repeat("长", 130) + ".png", tinyPNG, "file_name_too_long"}, {"a%0Ab.png", tinyPNG, ""},
		{"a%0Db.png", tinyPNG, "file_name_malformed"},
	} {
		kept := keptFiles(t, o)
		g := o.uploadTo(t, "staff", id, c.name, c.content)
		switch {
		case c.code == "":
			g.want(t, http.StatusCreated)
		case g.StatusCode != http.StatusUnprocessableEntity:
			t.Errorf("%s: %d, want 422 %s: %.300s", c.name, g.StatusCode, c.code, g.body)
		default:
			if p := g.problem(t); len(p.Errors) != 1 || p.Errors[0].Field != "evidence" || p.Errors[0].Code != c.code {
				t.Errorf("%s: want %s: %s", c.name, c.code, g.body)
			}
			if keptFiles(t, o) != kept {
				t.Errorf("%s: a refused file was kept", c.name)
			}
		}
	}
	if left := stagedFiles(t, o); left != 0 {
		t.Errorf("%d files were left half-way", left)
	}
	body, media := upload("", "a.png", tinyPNG+strings.Repeat("x", 62<<20))
	o.send(t, request{method: "POST", path: fmt.Sprintf("/api/v1/updates/%d/evidence", id), as: "staff",
		body: body, media: media}).
		want(t, http.StatusRequestEntityTooLarge)
}

// A file that does something by itself when it is opened is accepted with a warning, on the page and in the API.
func TestFilesThatDoSomethingByThemselvesAreWarnedAbout(t *testing.T) {
	o := smallOffice(t)
	id := o.log(t, "east")
	const ns = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	docx := func(part, kind, mode string) string {
		return packed("word/document.xml", "<w:document/>", part, ns+`<Relationship Id="r1" Type="`+types+kind+
			`" Target="https://example.org/t.dotm" TargetMode="`+mode+`"/></Relationships>`)
	}
	old := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("x", 70000)
	const macros = "_\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J\x00E\x00C\x00T\x00"
	for i, c := range []struct{ name, content, want string }{
		{"a.docx", docx("word/_rels/settings.xml.rels", "attachedTemplate", "External"), "remote_template"},
		{"a.docx", docx("word/_rels/SETTINGS.XML.RELS", "attachedTemplate", "external"), "remote_template"},
		{"a.docx", docx("word/_rels/document.xml.rels", "image", "External"), "remote_content"},
		{"a.docx", docx("word/_rels/document.xml.rels", "oleObject", "External"), "remote_content"},
		{"a.docx", docx("word/_rels/document.xml.rels", "hyperlink", "External"), ""},
		{"a.docx", docx("word/_rels/document.xml.rels", "image", "Internal"), ""},
		{"a.xlsx", packed("xl/workbook.xml", "<x/>", "xl/externalLinks/_rels/externalLink1.xml.rels", ns+
			`<Relationship Type="`+types+`externalLinkPath" Target="file:///C:/a.xlsx" TargetMode="External"/></Relationships>`),
			"remote_content"},
		{"a.doc", old + macros, "macro"}, {"a.xls", old[:65530] + macros, "macro"}, {"a.wps", old[:8] + macros, "macro"},
		{"a.doc", old, ""}, {"a.pdf", "%PDF-" + macros, ""},
	} {
		g := o.uploadTo(t, "staff", id, fmt.Sprintf("%d%s", i, c.name), c.content).want(t, http.StatusCreated)
		if has := strings.Contains(g.body, `"warning":"`+c.want+`"`); has != (c.want != "") ||
			!has && strings.Contains(g.body, `"warning"`) {
			t.Errorf("%d %s: want %q: %s", i, c.name, c.want, g.body)
		}
	}
	page := o.get(t, "staff", fmt.Sprintf("/updates/%d/evidence", id)).body
	for sentence, times := range map[string]int{"下载模板": 2, "读取外部内容": 3, "含宏": 3} {
		if n := strings.Count(page, sentence); n != times {
			t.Errorf("the page says %q %d times, want %d", sentence, n, times)
		}
	}
}

// Names from elsewhere name no place on this machine.
func TestFileNamesLeadNowhere(t *testing.T) {
	o := smallOffice(t)
	id := o.log(t, "east")
	for name, want := range map[string]string{
		"../../../etc/cron.d/x.png": "x.png", `C:\Users\a\照片.png`: "照片.png", "/etc/passwd.png": "passwd.png",
		`..\..\x.png`: "x.png", `a"b.png`: `a"b.png`, `a%22b%22.png`: `a"b".png`, "a%25b.png": "a%25b.png",
		"100%.png": "100%.png", "a%2Fb.png": "a%2Fb.png", "%2e%2e%2fx.png": "%2e%2e%2fx.png", "带 空格+加号&.png": "带 空格+加号&.png",
	} {
		g := o.uploadTo(t, "staff", id, name, tinyPNG+name).want(t, http.StatusCreated)
		if !strings.Contains(g.body, strings.ReplaceAll(want, `"`, `\"`)) {
			t.Errorf("%q is kept as %s", name, g.body)
		}
	}
	must(t, filepath.WalkDir(o.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".png") {
			t.Errorf("a sent name became a path: %s", path)
		}
		return err
	}))
}

func TestEvidenceIsSentToBeSavedNeverToBeRun(t *testing.T) {
	o := smallOffice(t)
	id := o.attach(t, o.log(t, "east"))
	cookie, _ := o.browser(t, "leader")
	for _, path := range []string{"/evidence/%d", "/api/v1/evidence/%d"} {
		g := o.send(t, request{method: "GET", path: fmt.Sprintf(path, id), cookie: cookie}).want(t, http.StatusOK)
		for name, want := range map[string]string{
			"Content-Type": "image/png", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store",
			"Content-Disposition": "attachment; filename=__.png; filename*=UTF-8''%E7%85%A7%E7%89%87.png",
		} {
			if have := g.Header.Get(name); have != want {
				t.Errorf("%s: %q, want %q", name, have, want)
			}
		}
		if g.body != tinyPNG {
			t.Errorf("the content is %q", g.body)
		}
	}
	if have := middleware.Disposition("a\"; filename=evil.exe\r\nX: y.png"); strings.ContainsAny(have, "\r\n") ||
		!strings.HasPrefix(have, `attachment; filename="a_; filename=evil.exe__X: y.png"; `) {
		t.Errorf("%q", have)
	}
}

// Whoever may not attach leaves nothing on the disk, whatever is sent.
func TestRefusedUploadsTakeNoSpace(t *testing.T) {
	o := smallOffice(t)
	west := o.log(t, "west")
	for _, as := range []string{"leader", "auditor", "reporter", ""} {
		want := http.StatusForbidden
		if as == "" {
			want = http.StatusUnauthorized
		}
		o.uploadTo(t, as, west, "a.png", tinyPNG).want(t, want)
	}
	o.uploadTo(t, "staff", 99, "a.png", tinyPNG).want(t, http.StatusNotFound)
	if kept, staged := keptFiles(t, o), stagedFiles(t, o); kept+staged != 0 {
		t.Errorf("%d kept, %d half-way", kept, staged)
	}
}

func TestTheSameFileTwiceIsOnePieceOfEvidence(t *testing.T) {
	o := smallOffice(t)
	id := o.log(t, "east")
	first := o.uploadTo(t, "staff", id, "a.png", tinyPNG).want(t, http.StatusCreated)
	if again := o.uploadTo(t, "staff", id, "a.png", tinyPNG).want(t, http.StatusCreated); again.body != first.body {
		t.Errorf("%s, then %s", first.body, again.body)
	}
	other := o.log(t, "east")
	if g := o.uploadTo(t, "staff", other, "a.png", tinyPNG).want(t, http.StatusCreated); g.body == first.body {
		t.Error("the file of another entry is the same record")
	}
}

// The entry is kept before its files; when the disk then fails, nobody is told that nothing was
// saved.
func TestAnEntryWhoseFilesFailIsReportedAsLogged(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	body, media := upload(csrf, "a.png", tinyPNG, "unit", "east", "date", "2026-11-03", "value", "5", "key", "k")
	// The folder the file belongs into is a file: it cannot be put there.
	spoil := spoiledFolder(t, o, tinyPNG)
	g := o.send(t, request{method: "POST", path: "/years/2026/indicators/screened/updates", cookie: cookie, body: body,
		media: media}).want(t, http.StatusSeeOther)
	page := o.send(t, request{method: "GET", path: g.Header.Get("Location"), cookie: cookie,
		header: map[string]string{"Accept-Language": "en"}})
	if !strings.Contains(page.body, "its files could not be stored") {
		t.Errorf("%s does not tell", g.Header.Get("Location"))
	}
	must(t, os.Remove(spoil))
	body, media = upload(csrf, "a.png", tinyPNG, "unit", "east", "date", "2026-11-03", "value", "5", "key", "k")
	o.send(t, request{method: "POST", path: "/years/2026/indicators/screened/updates", cookie: cookie, body: body,
		media: media}).want(t, http.StatusSeeOther)
	log := o.get(t, "staff", "/api/v1/updates").body
	if strings.Count(log, `"act":"log"`) != 1 || strings.Count(log, `"sha256"`) != 1 {
		t.Errorf("sent again: %s", log)
	}
}

// A refusal that does not say which of ten files it means is no help.
func TestARefusedNameIsNamed(t *testing.T) {
	o := smallOffice(t)
	id := o.log(t, "east")
	long := strings.Repeat("关于开展两癌免费检查工作的", 12) + ".pdf"
	for name, want := range map[string]string{long: "关于开展两癌免费检查工作的", "照\u202e片.png": "照[U+202E]片.png"} {
		if g := o.uploadTo(t, "staff", id, name, tinyPNG); !strings.Contains(g.body, want) {
			t.Errorf("%s does not say which file: %s", name, g.body)
		}
	}
}
