package template

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"
	"dabiao/internal/report"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// office makes a Word file of an office's own: one of ours with its body taken out.
func officeTemplate(t *testing.T, body, header string) []byte {
	t.Helper()
	in := sample(t, lang.Chinese)
	var b bytes.Buffer
	if err := paper.WriteDocx(&b, paper.Document{Language: lang.Chinese, Sample: true, Notice: "x",
		Sections: []paper.Section{{Heading: "BODY"}}, Author: in.Office.Name}); err != nil {
		t.Fatal(err)
	}
	var parts []paper.Part
	for name, content := range papertest.Unzip(t, b.Bytes()) {
		switch name {
		case "word/document.xml":
			content = strings.Replace(content,
				`<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t xml:space="preserve">BODY</w:t></w:r></w:p>`, body, 1)
		case "word/header1.xml":
			content = strings.Replace(content, "<w:t>x</w:t>", "<w:t>"+header+"</w:t>", 1)
		}
		parts = append(parts, paper.Part{Name: name, Content: content})
	}
	var out bytes.Buffer
	if err := paper.WriteZip(&out, parts); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func para(runs ...string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	for _, r := range runs {
		b.WriteString("<w:r><w:rPr><w:b/></w:rPr><w:t>" + r + "</w:t></w:r>")
	}
	return b.String() + "</w:p>"
}

func tableRow(cells ...string) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>` + c + `</w:tc>`)
	}
	return `<w:tr>` + b.String() + `</w:tr>`
}

const tableHead = `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>`

func filled(t *testing.T, body, header string) (text string, file []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := Fill(&b, sample(t, lang.Chinese), officeTemplate(t, body, header)); err != nil {
		t.Fatal(err)
	}
	return papertest.Text(t, b.Bytes()), b.Bytes()
}

func TestATemplateIsFilledWhereverATokenStands(t *testing.T) {
	box := `<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:100pt;height:20pt"><v:textbox><w:txbxContent>` + para("箱：⟦done·完成数⟧") +
		`</w:txbxContent></v:textbox></v:shape></w:pict></w:r><w:r><w:t>旁</w:t></w:r></w:p>`
	body := para("完成⟦done·完成数⟧，完成率⟦done·完成率⟧。") +
		para("拆开", "⟦do", "ne·完", "成数⟧后") + para("方括号[[done·完成数]]") +
		para("⟦每项：思想引领⟧⟦名称⟧；⟦完⟧") + para("⟦若：done·完成⟧达标⟦否则⟧未达标⟦完⟧") +
		tableHead + tableRow(para("名称"), para("数")) + tableRow(para("⟦每项：妇女发展⟧⟦名称⟧"), para("⟦完", "成数⟧⟦若：有填报⟧有⟦完⟧⟦完⟧")) +
		`</w:tbl>` + box
	text, file := filled(t, body, "页眉⟦office⟧")
	for _, want := range []string{"完成12000人，完成率120.00%。", "拆开12000人后", "方括号12000人", "完成的；远超的；滞后的；", "\n达标\n",
		"\n时点的\n900户有\n", "箱：12000人"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "⟦") || strings.Contains(text, "名称⟧") {
		t.Errorf("a token is left in\n%s", text)
	}
	if head := papertest.Unzip(t, file)["word/header1.xml"]; !strings.Contains(head, "页眉=某县") {
		t.Errorf("the page head reads %s", head)
	}
	if !strings.Contains(papertest.Unzip(t, file)["word/document.xml"], "<w:rPr><w:b/></w:rPr>") {
		t.Error("what was bold no longer is")
	}
	papertest.Valid(t, "filled.docx", file)
}

// What a figure prints is text, whatever it looks like.
func TestPrintedTokensAreNotReadAgain(t *testing.T) {
	in := sample(t, lang.Chinese)
	in.Office.Name = "⟦done·完成数⟧⟦office⟧<w:p>"
	var b bytes.Buffer
	if err := Fill(&b, in, officeTemplate(t, para("⟦office⟧"), "x")); err != nil {
		t.Fatal(err)
	}
	if text := papertest.Text(t, b.Bytes()); !strings.Contains(text, "⟦done·完成数⟧⟦office⟧&lt;w:p&gt;") {
		t.Error(text)
	}
}

func TestUnknownTokensAreRefusedWithTheirPlace(t *testing.T) {
	body := para("好") + para("⟦没有这个·完成数⟧") + tableHead + tableRow(para("⟦每项：没有的板块⟧"), para("x")) + `</w:tbl>` +
		para("⟦每项：全部⟧⟦每项：全部⟧x⟦完⟧⟦完⟧") + para("⟦done·完")
	var b bytes.Buffer
	err := Fill(&b, sample(t, lang.Chinese), officeTemplate(t, body, "⟦归档的⟧"))
	var e *kpi.Error
	if !errors.As(err, &e) || len(e.Fields) < 5 || b.Len() > 0 {
		t.Fatalf("%v, %d bytes were written", err, b.Len())
	}
	p := lang.For(lang.Chinese)
	var all []string
	for _, f := range e.Fields {
		all = append(all, p.Text(f.Text))
	}
	told := strings.Join(all, "\n")
	for _, want := range []string{"正文第", "页眉", "没有这个", "没有的板块", "归档的"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told in\n%s", want, told)
		}
	}
}

func FuzzTemplateParts(f *testing.F) {
	f.Add(para("a", "⟦done·完成数⟧") + tableRow(para("⟦每项：全部⟧x"), para("⟦完⟧")))
	f.Add("<w:p><w:t>⟦</w:t></w:tr><w:tr")
	f.Fuzz(func(t *testing.T, xml string) {
		in := report.Input{Language: lang.For(lang.Chinese)}
		(&filler{draft: report.NewDraft(in), told: map[string]bool{}, place: "template.in.document"}).fill(xml)
	})
}
