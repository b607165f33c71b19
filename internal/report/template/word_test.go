package template

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"

	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// Word writes a token that somebody typed as it likes: over runs that remember when they were typed, between
// marks of its spelling check, inside tags, links, content controls and insertions that are tracked.
const (
	rsid     = ` w:rsidR="00A77B3E" w:rsidRPr="00C41F0D"`
	spelling = `<w:proofErr w:type="spellStart"/>`
	spelled  = `<w:proofErr w:type="spellEnd"/>`
)

func typedRun(text string) string {
	return `<w:r` + rsid + `><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func typedPara(inside string) string {
	return `<w:p w14:paraId="1A2B3C4D" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"` + rsid +
		` w:rsidRDefault="00C41F0D"><w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:rPr><w:sz w:val="32"/></w:rPr></w:pPr>` + inside + `</w:p>`
}

// split is a token as Word splits it: ⟦, do, ne·, 完成数⟧.
var split = typedRun("值⟦") + spelling + typedRun("do") + spelled +
	`<w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/>` + typedRun("ne·完") + typedRun("成数⟧后")

func TestATokenIsFilledWhereverWordPutIt(t *testing.T) {
	in := sample(t, lang.Chinese)
	box := func(p string) string {
		return `<w:txbxContent>` + p + `</w:txbxContent>`
	}
	cells := func(inside ...string) string {
		row := ""
		for _, c := range inside {
			row += tableRow(typedPara(c))
		}
		return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>` +
			row + `</w:tbl>`
	}
	var all strings.Builder
	for place, body := range map[string]string{
		"runs": typedPara(split),
		"a smart tag": typedPara(typedRun("值⟦") +
			`<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate">` + typedRun("done·") +
			`</w:smartTag>` + typedRun("完成数⟧后")),
		"a content control": typedPara(`<w:sdt><w:sdtPr><w:alias w:val="数"/></w:sdtPr><w:sdtContent>` + split +
			`</w:sdtContent></w:sdt>`),
		"a control of paragraphs": `<w:sdt><w:sdtPr><w:id w:val="12"/></w:sdtPr><w:sdtContent>` + typedPara(split) +
			`</w:sdtContent></w:sdt>`,
		"half in a control": typedPara(typedRun("值⟦do") + `<w:sdt><w:sdtPr/><w:sdtContent>` + typedRun("ne·完成") +
			`</w:sdtContent></w:sdt>` + typedRun("数⟧后")),
		"a tracked insertion": typedPara(typedRun("值") + `<w:ins w:id="3" w:author="张三" w:date="2026-01-01T00:00:00Z">` +
			typedRun("⟦done·") + `</w:ins>` + typedRun("完成数⟧后")),
		"a simple field":     typedPara(`<w:fldSimple w:instr=" DOCPROPERTY x ">` + split + `</w:fldSimple>`),
		"a bookmark's link":  typedPara(`<w:hyperlink w:anchor="_GoBack">` + split + `</w:hyperlink>`),
		"a table":            cells(split),
		"a table in a table": cells(typedRun("外") + `</w:p>` + cells(split) + `<w:p>`),
		"a row's control":    `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid><w:sdt><w:sdtPr/><w:sdtContent>` + tableRow(typedPara(split)) + `</w:sdtContent></w:sdt></w:tbl>`,
		"an old text box":    typedPara(`<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:100pt;height:20pt"><v:textbox>` + box(typedPara(split)) + `</v:textbox></v:shape></w:pict></w:r>`),
		"a text box": typedPara(`<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">`+
			`<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="914400" cy="457200"/><wp:docPr id="9" name="框"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="457200"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>`+
			box(typedPara(split))+`</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:72pt;height:36pt"><v:textbox>`+
			box(typedPara(split))+`</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`) +
			typedPara(typedRun("旁")),
	} {
		var b bytes.Buffer
		if err := Fill(&b, in, officeTemplate(t, body, "x")); err != nil {
			t.Fatalf("%s: %v", place, err)
		}
		text := onlyText(papertest.Unzip(t, b.Bytes())["word/document.xml"])
		if want := strings.Count(onlyText(body), "⟦"); strings.Count(text, "值12000人后") != want || want == 0 ||
			strings.ContainsAny(text, "⟦⟧") {
			t.Errorf("%s: %d times in %q, want %d", place, strings.Count(text, "值12000人后"), text, want)
		}
		if place != "a smart tag" { // which only Word 2007 wrote
			all.WriteString(marks.ReplaceAllString(body, ""))
		}
	}
	var b bytes.Buffer
	if err := Fill(&b, in, officeTemplate(t, all.String(), "x")); err != nil {
		t.Fatal(err)
	}
	papertest.Valid(t, "word.docx", b.Bytes())
}

// What stands around the body is filled too: heads, feet, notes.
func TestATokenIsFilledAroundTheBody(t *testing.T) {
	in := sample(t, lang.Chinese)
	const space = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	file := withParts(t, officeTemplate(t, typedPara(split), "页眉⟦do</w:t></w:r><w:r><w:t>ne·完成数⟧"),
		paper.Part{Name: "word/footer1.xml", Content: `<w:ftr` + space + `>` + typedPara(split) + `</w:ftr>`},
		paper.Part{Name: "word/footnotes.xml", Content: `<w:footnotes` + space + `><w:footnote w:id="2">` + typedPara(split) +
			`</w:footnote></w:footnotes>`},
		paper.Part{Name: "word/endnotes.xml", Content: `<w:endnotes` + space + `><w:endnote w:id="2">` + typedPara(split) +
			`</w:endnote></w:endnotes>`})
	var b bytes.Buffer
	if err := Fill(&b, in, file); err != nil {
		t.Fatal(err)
	}
	parts := papertest.Unzip(t, b.Bytes())
	for _, name := range []string{"document", "header1", "footer1", "footnotes", "endnotes"} {
		if text := onlyText(parts["word/"+name+".xml"]); !strings.Contains(text, "12000人") ||
			strings.ContainsAny(text, "⟦⟧") {
			t.Errorf("%s reads %q", name, text)
		}
	}
}

// A row is repeated for each indicator with its height, its cells' looks and its own split tokens.
func TestARowIsRepeatedAsWordWroteIt(t *testing.T) {
	in := sample(t, lang.Chinese)
	row := `<w:tr w14:paraId="5E6F7A8B" w14:textId="77777777" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"` + rsid + ` w:rsidTr="00C41F0D"><w:trPr><w:trHeight w:val="567" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="DDEEFF"/></w:tcPr>` +
		typedPara(`<w:bookmarkStart w:id="9" w:name="行"/><w:bookmarkEnd w:id="9"/>`+typedRun("⟦每")+spelling+typedRun("项：思想引领⟧⟦名")+spelled+typedRun("称⟧")) + `</w:tc><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>` +
		typedPara(typedRun("⟦完成")+typedRun("率⟧")) + typedPara(typedRun("⟦若：达")+typedRun("标⟧达标⟦否则⟧未达标⟦完⟧⟦完⟧")) +
		`</w:tc></w:tr>`
	var b bytes.Buffer
	if err := Fill(&b, in, officeTemplate(t, tableHead+row+`</w:tbl>`+typedPara(typedRun("后")), "x")); err != nil {
		t.Fatal(err)
	}
	main := papertest.Unzip(t, b.Bytes())["word/document.xml"]
	figures := len(in.Board.Areas[0].Figures)
	if n := strings.Count(main, `<w:trHeight w:val="567" w:hRule="exact"/>`); n != figures ||
		strings.Count(main, "DDEEFF") != n {
		t.Errorf("%d rows for %d indicators", n, figures)
	}
	text := onlyText(main)
	for _, want := range []string{"完成的\n120.00%\n达标", "滞后的\n30.00%\n未达标", "未报的\n尚未填报\n未达标"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	papertest.Valid(t, "rows.docx", b.Bytes())
}

var (
	marks   = regexp.MustCompile(`<w:bookmark(Start|End) [^>]*/>`)
	paraEnd = regexp.MustCompile(`</w:p>`)
	textRun = regexp.MustCompile(`<w:t(?: [^>]*)?>([^<]*)</w:t>|(\n)`)
)

// onlyText is the text of a part, a paragraph a line.
func onlyText(xml string) string {
	var b strings.Builder
	for _, m := range textRun.FindAllStringSubmatch(paraEnd.ReplaceAllString(strings.ReplaceAll(xml, "\n", ""),
		"\n"), -1) {
		b.WriteString(m[1] + m[2])
	}
	return b.String()
}
