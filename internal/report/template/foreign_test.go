package template

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"
	"dabiao/internal/report"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// withParts adds parts to a Word file, or puts them in the place of those it has.
func withParts(t *testing.T, file []byte, added ...paper.Part) []byte {
	t.Helper()
	all := papertest.Unzip(t, file)
	for _, p := range added {
		all[p.Name] = p.Content
	}
	var parts []paper.Part
	for name, content := range all {
		parts = append(parts, paper.Part{Name: name, Content: content})
	}
	slices.SortFunc(parts, func(a, b paper.Part) int { return strings.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	if err := paper.WriteZip(&out, parts); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// refusals are the sentences a template is refused with, in Chinese.
func refusals(t *testing.T, in report.Input, file []byte) []string {
	t.Helper()
	err := Fill(io.Discard, in, file)
	var e *kpi.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatalf("a fault: %v", err)
	}
	var out []string
	if e != nil {
		for _, tag := range lang.Tags {
			for _, f := range e.Fields {
				if s := lang.For(tag).Text(f.Text); tag == lang.Chinese {
					out = append(out, s)
				} else if strings.Contains(s, "template") && strings.Contains(s, ".") && !strings.Contains(s, " ") {
					t.Errorf("%s has no words for %s", tag, s)
				}
			}
		}
	}
	return out
}

func relations(kind, target, mode string) string {
	return `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" ` +
		`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target +
		`" TargetMode="` + mode + `"/></Relationships>`
}

func TestATemplateLeadsNowhereElse(t *testing.T) {
	in := sample(t, lang.Chinese)
	plain := officeTemplate(t, para("⟦office⟧"), "x")
	rels := func(of, kind, target, mode string) []byte {
		return withParts(t, plain, paper.Part{Name: "word/_rels/" + of + ".rels", Content: relations(kind, target, mode)})
	}
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"a template it is attached to": {rels("settings.xml", "attachedTemplate", "file:///C:/Users/x/a.dotm", "External"),
			"文档模板（file:///C:/Users/x/a.dotm）"},
		"a picture elsewhere": {rels("header1.xml", "image", "https://tracker.example/p.png", "External"),
			"图片（https://tracker.example/p.png）"},
		"a sub-document": {rels("x.xml", "subDocument", "b.docx", "External"), "子文档（b.docx）"},
		"a frame":        {rels("webSettings.xml", "frame", "http://a.example", "external"), "网页框架"},
		"linked OLE":     {rels("x.xml", "oleObject", "file:///a.xlsx", "External"), "嵌入对象（file:///a.xlsx）"},
		"embedded OLE": {rels("x.xml", "oleObject", "embeddings/oleObject1.bin", "Internal"),
			"嵌入对象（embeddings/oleObject1.bin）"},
		"a foreign part": {rels("x.xml", "aFChunk", "afchunk.mht", "Internal"), "嵌入对象（afchunk.mht）"},
		"a data source of letters": {rels("settings.xml", "mailMergeSource", "file:///names.xlsx", "External"),
			"内容（file:///names.xlsx）"},
		"a link to a file": {rels("x.xml", "hyperlink", `\\server\share\a.exe`, "External"), "地址（"},
		"a link that runs": {rels("x.xml", "hyperlink", "javascript:alert(1)", "External"),
			"地址（javascript:alert(1)）"},
		"a field that asks a program": {officeTemplate(t,
			`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> DDE</w:instrText></w:r>`+
				`<w:r><w:instrText>AUTO cmd "/c calc" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
			"x"), "“DDEAUTO”"},
		"a field that fetches": {officeTemplate(t,
			`<w:p><w:fldSimple w:instr=" includepicture &quot;http://a.example/b.png&quot; "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>`, "x"), "“INCLUDEPICTURE”"},
		"an old picture elsewhere": {officeTemplate(t,
			`<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://a.example/b.png"/></v:shape></w:pict></w:r></w:p>`, "x"), "图片（http://a.example/b.png）"},
	} {
		if said := refusals(t, in, c.file); len(said) != 1 || !strings.Contains(said[0], c.says) {
			t.Errorf("%s: %q, want %s", name, said, c.says)
		}
	}
	for name, file := range map[string][]byte{
		"a link to a page":  rels("x.xml", "hyperlink", "https://www.example.gov.cn/", "External"),
		"a link to a post":  rels("x.xml", "hyperlink", "mailto:a@example.cn", "External"),
		"a picture inside":  rels("x.xml", "image", "media/image1.png", "Internal"),
		"a chart's numbers": rels("x.xml", "package", "../embeddings/chart1.xlsx", "Internal"),
		"a page number": officeTemplate(t,
			`<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>`, "x"),
		"a table of contents": officeTemplate(t,
			`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o "1-3" \h </w:instrText></w:r>`+
				`<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "x"),
	} {
		if said := refusals(t, in, file); said != nil {
			t.Errorf("%s: %q", name, said)
		}
	}
}

// What is no whole token is told with its place and what to write, and is never dropped.
func TestBrokenTokensOfATemplateAreRefused(t *testing.T) {
	in := sample(t, lang.Chinese)
	for body, says := range map[string]string{
		para("完成⟦", " ⟧人"):        "正文第8段：“⟦ ⟧”里没有写数据",
		para("完成⟦done·完成数"):       "正文第8段：“⟦done·完成数”之后缺“⟧”",
		para("好") + para("完成数⟧人"): "正文第9段：“完成数⟧”之前缺“⟦”",
		para("⟦late⟧和完成", "数⟧"):   "正文第8段：“和完成数⟧”之前缺“⟦”",
		para("⟦do") + para("ne⟧"): "正文第8段：“⟦do”之后缺“⟧”",
		para("⟦done⟦late⟧"):       "正文第8段：“⟦done”之后缺“⟧”",
		tableHead + tableRow(para("⟦每项：思想引领⟧⟦⟧"), para("⟦完⟧")) + `</w:tbl>`: "正文第8段：“⟦⟧”里没有写数据",
	} {
		said := refusals(t, in, officeTemplate(t, body, "x"))
		if len(said) == 0 || len(said) > 2 || !strings.Contains(said[0], says) {
			t.Errorf("%s: %q, want %q", body, said, says)
		}
	}
}

// Control characters that Word pastes as they are, or as their numbers, do not get into the file.
func TestControlCharactersOfATemplateAreDropped(t *testing.T) {
	in := sample(t, lang.Chinese)
	in.Office.Name = "某县\x01\x0b\u202e局"
	var b bytes.Buffer
	if err := Fill(&b, in, officeTemplate(t, para("⟦off&#x200B;ice⟧", "x")+para("a&#1;b⟦office⟧"),
		"x")); err == nil {
		t.Error("a token with a hidden character in it was taken for another")
	}
	b.Reset()
	if err := Fill(&b, in, officeTemplate(t, para("a&#1;b⟦office⟧"), "x")); err != nil {
		t.Fatal(err)
	}
	if main := papertest.Unzip(t, b.Bytes())["word/document.xml"]; !strings.Contains(main, "ab某县") ||
		strings.ContainsAny(main, "\x01\x0b") {
		t.Errorf("%q", main[strings.Index(main, "ab"):][:40])
	}
	papertest.Valid(t, "control.docx", b.Bytes())
}
