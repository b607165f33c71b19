package web

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/store"
)

// wordFile is a .docx with a body, and what else it holds.
func wordFile(body string, more ...string) string {
	return packed(append([]string{"[Content_Types].xml",
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
			` xmlns:v="urn:schemas-microsoft-com:vml"><w:body>` + body + `</w:body></w:document>`}, more...)...)
}

func wordLine(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

var (
	saidTags = regexp.MustCompile(`<[^>]+>`)
)

// notChosen is said where a form's file did not arrive; the table below is of files that did.
const notChosen = "请选择文件，或把报告、表格的内容粘贴进来。"

// Whatever is handed in where a Word file is asked for, one sentence says what is wrong with it, and nothing is kept.
func TestABadFileIsToldInOneSentenceWhereverItIsHandedIn(t *testing.T) {
	o := smallOffice(t)
	o.log(t, "east")
	cookie, csrf := o.browser(t, "staff")
	scan := wordFile(strings.Repeat(`<w:p><w:r><w:pict><v:shape/></w:pict></w:r></w:p>`, 30))
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 504)
	long := wordFile(strings.Repeat(wordLine("走访困难家庭，群众普遍反映良好。"), 6600))
	files := []struct {
		name, content string
		long          bool // full of words, and of no figure, heading or token
	}{
		{"扫描件.docx", scan, false},
		{"扫描件.pdf", "%PDF-1.7\n/Image", false},
		{"改名.docx", "%PDF-1.7\n/Image", false},
		{"照片.jpg", "\xFF\xD8\xFF\xE0 and so on", false},
		{"旧版.doc", ole, false},
		{"空.docx", "", false},
		{"断.docx", scan[:len(scan)/2], false},
		{"不是.docx", "no zip", false},
		{"宏.docx", wordFile(wordLine("说明"), "word/vbaProject.bin", "x"), false},
		{"三百页.docx", long, true},
	}
	for _, place := range []struct {
		path    string
		more    []string
		readsIt bool // a long text without figures is a report that can be checked
	}{
		{"/years/2026/check/document", nil, true},
		{"/years/2026/adopt", nil, false},
		{"/years/2026/report/returned", nil, false},
		{"/years/2026/report/template", []string{"form", "bulletin"}, false},
	} {
		for _, f := range files {
			t.Run(place.path+" "+f.name, func(t *testing.T) {
				before := o.stored(t)
				body, media := asFile(upload(csrf, f.name, f.content, place.more...))
				g := o.send(t, request{method: "POST", path: place.path, cookie: cookie, body: body, media: media})
				if f.long && place.readsIt {
					g.want(t, 200)
				} else if g.StatusCode != 422 && g.StatusCode != 413 {
					t.Fatalf("status %d: %s", g.StatusCode, g.body)
				} else if said := sentencesOf(g.body); len(said) != 1 || said[0] == notChosen ||
					strings.HasPrefix(f.name, "扫描件.docx") && !strings.Contains(said[0], "扫描件") {
					t.Errorf("%q", said)
				}
				if after := o.stored(t); after != before {
					t.Errorf("something was kept: %s, before %s", after, before)
				}
			})
		}
	}
}

// asFile renames the field of an uploaded file to what forms call it.
func asFile(body, media string) (string, string) {
	return strings.Replace(body, `name="evidence"`, `name="file"`, 1), media
}

// stored is how far the records go: the largest number of each table.
func (o *office) stored(t *testing.T) (out string) {
	t.Helper()
	err := o.db.Write(ctx, func(w *store.Writer) error {
		numbers, err := w.Numbers(ctx)
		out = fmt.Sprint(numbers)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sentencesOf are the different sentences that a page's alerts say.
func sentencesOf(page string) (out []string) {
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`[^<>]*(?:<[^>]*role="alert"[^>]*>)((?:.|\n)*?)</div>`).FindAllStringSubmatch(page, -1) {
		for part := range strings.SplitSeq(saidTags.ReplaceAllString(m[1], "\n"), "\n") {
			part = strings.TrimSpace(html.UnescapeString(part))
			if part != "" && !seen[part] && !strings.HasPrefix(part, "有 1 处需要改正") { // beside the one
				seen[part] = true
				out = append(out, part)
			}
		}
	}
	return out
}

// A file that fetches its template from elsewhere when Word opens it is read, and that is said.
func TestARemoteTemplateIsToldOfADocument(t *testing.T) {
	o := smallOffice(t)
	cookie, csrf := o.browser(t, "staff")
	remote := wordFile(wordLine("一、工作成效")+wordLine("全年培训妇女1259人次。"), "word/_rels/settings.xml.rels",
		`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="`+
			`http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" `+
			`Target="https://example.org/t.dotm" TargetMode="External"/></Relationships>`)
	for _, path := range []string{"/years/2026/check/document", "/years/2026/adopt"} {
		body, media := asFile(upload(csrf, "报告.docx", remote))
		g := o.send(t, request{method: "POST", path: path, cookie: cookie, body: body, media: media})
		if to := g.Header.Get("Location"); to != "" {
			g = o.send(t, request{method: "GET", path: to, cookie: cookie})
		}
		if g.want(t, 200); !strings.Contains(g.body, "打开时会从外部下载模板") && !strings.Contains(g.body, "Fetches its template") {
			t.Errorf("%s says nothing of it: %q", path, sentencesOf(g.body))
		}
	}
}
