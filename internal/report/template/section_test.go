package template

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"

	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// A paragraph that is one token becomes a whole section or table, in the report's styles and in the width of
// the office's page; what stands around it stays.
func TestATemplateTakesWholeSectionsAndForms(t *testing.T) {
	for _, in := range []report.Input{inputOf(reporttest.Published(t), lang.Chinese), sample(t, lang.English)} {
		file := officeTemplate(t, para("前")+para("⟦章节·",
			"存在的问题及原因分析⟧")+para("中")+
			typedPara(typedRun(" ⟦section·performance⟧ "))+para("⟦附件·进度表⟧")+para("⟦annex·monitoring⟧")+para("后"), "x")
		var b bytes.Buffer
		if err := Fill(&b, in, file); err != nil {
			t.Fatal(err)
		}
		parts := papertest.Unzip(t, b.Bytes())
		main := parts["word/document.xml"]
		text := onlyText(main)
		at := 0
		draft := report.NewDraft(in)
		for _, want := range slices.Concat([]string{"前"}, sectionTexts(draft, report.Problems), []string{"中"},
			sectionTexts(draft, report.Performance), []string{in.Board.Areas[0].Figures[0].Indicator.Name, "后"}) {
			i := strings.Index(text[at:], want)
			if i < 0 {
				t.Fatalf("%q is not in its place in\n%s", want, text)
			}
			at += i
		}
		for _, style := range []string{"DabiaoBody", "DabiaoHeading2", "DabiaoTableText"} {
			if !strings.Contains(main, `w:val="`+style+`"`) || !strings.Contains(parts["word/styles.xml"],
				`w:styleId="`+style+`"`) {
				t.Errorf("the style %s is not used or not there", style)
			}
		}
		if strings.ContainsAny(text, "⟦⟧") || !strings.Contains(main, `<w:tblCaption `) {
			t.Error("a token is left, or there is no table")
		}
		papertest.Valid(t, "sections.docx", b.Bytes())
	}
}

// sectionTexts are the paragraphs of a section of the report.
func sectionTexts(draft *report.Draft, key report.SectionKey) (out []string) {
	blocks, _ := draft.Part(string(key), true)
	for _, b := range blocks() {
		if b.Paragraph != nil {
			out = append(out, paper.Escape(strings.TrimSpace(b.Paragraph.Text())))
		}
	}
	return out
}

// A stretch of pages ends where it did, and the office's page says how wide a table is.
func TestASectionKeepsThePagesItStandsOn(t *testing.T) {
	in := sample(t, lang.Chinese)
	across := `<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1440" w:right="1000" w:bottom="1440" w:left="1000" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>`
	file := officeTemplate(t, `<w:p><w:pPr>`+across+`</w:pPr><w:r><w:t>⟦附件·进度表⟧</w:t></w:r></w:p>`+para("后"), "x")
	var b bytes.Buffer
	if err := Fill(&b, in, file); err != nil {
		t.Fatal(err)
	}
	main := papertest.Unzip(t, b.Bytes())["word/document.xml"]
	if strings.Count(main, across) != 1 || strings.Index(main, across) < strings.Index(main, "</w:tbl>") {
		t.Error("the pages across end elsewhere")
	}
	if got := widthOf(across); got != 14838 {
		t.Errorf("the page is %d wide", got)
	}
	if got := widthOf("<w:body/>"); got != paper.TextWidth {
		t.Errorf("a page that says nothing is %d wide", got)
	}
	papertest.Valid(t, "across.docx", b.Bytes())
}

func TestSectionTokensOutOfPlaceOrUnknownAreRefused(t *testing.T) {
	in := sample(t, lang.Chinese)
	const token = "⟦章节·存在的问题及原因分析⟧"
	for body, says := range map[string]string{
		para("见" + token):                              "“" + token + "”须独占正文里的一段",
		tableHead + tableRow(para(token)) + `</w:tbl>`: "须独占正文里的一段",
		para("⟦章节·没有的⟧"):                               "没有“⟦章节·没有的⟧”；可以写的有：部门基本情况、机构、人员构成、",
		para("⟦附件·自评表⟧"):                               "没有“⟦附件·自评表⟧”；可以写的有：部门整体支出绩效自评表、",
		para("⟦章节·⟧"):                                  "没有“⟦章节·⟧”",
	} {
		if told := refusals(t, in, officeTemplate(t, body, "x")); len(told) != 1 || !strings.Contains(told[0], says) {
			t.Errorf("%s: %q, want %q", body, told, says)
		}
	}
	if told := refusals(t, in, officeTemplate(t, para("好"), token)); len(told) != 1 ||
		!strings.Contains(told[0], "页眉第1段") {
		t.Errorf("in a page head: %q", told)
	}
}

// The sample is a template that works as it is, in either language, for any year.
func TestTheSampleTemplateFillsItself(t *testing.T) {
	for name, in := range years(t) {
		var file, out bytes.Buffer
		if err := paper.WriteDocx(&file, report.SampleTemplate(in)); err != nil {
			t.Fatal(err)
		}
		if told := refusals(t, in, file.Bytes()); told != nil {
			t.Errorf("%s: %q", name, told)
			continue
		}
		if err := Fill(&out, in, file.Bytes()); err != nil {
			t.Fatal(err)
		}
		if text := onlyText(papertest.Unzip(t, out.Bytes())["word/document.xml"]); strings.ContainsAny(text, "⟦⟧") {
			t.Errorf("%s: a token is left in %s", name, text)
		}
	}
}
