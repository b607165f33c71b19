package intake

import (
	"slices"
	"testing"
)

// Word's own numbers are read as they are seen: in levels, in Chinese, begun anew, by a style, and none where a
// paragraph refuses its style's.
func TestTheNumbersThatWordGivesAreRead(t *testing.T) {
	numbering := `word/numbering.xml=<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="Sub"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
</w:numbering>`
	styles := `word/styles.xml=<w:styles xmlns:w="w"><w:style w:styleId="Head"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Sub"><w:basedOn w:val="Head"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`
	p := func(look, text string) string {
		return "<w:p><w:pPr>" + look + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>"
	}
	list := func(num, level string) string {
		return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr>`
	}
	lines, err := paragraphs(t, wordFile(t, p(`<w:pStyle w:val="Head"/>`, "概况")+p(`<w:pStyle w:val="Sub"/>`, "机构")+
		p(`<w:pStyle w:val="Sub"/>`, "人员")+p(list("1", "2"), "行政")+p(list("2", "0"), "点")+p("", "正文")+
		p(`<w:pStyle w:val="Head"/>`, "支出")+p(`<w:pStyle w:val="Sub"/>`, "基本")+
		p(`<w:pStyle w:val="Head"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "无号")+p(list("5", "0"), "另起"), numbering, styles))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range lines {
		got = append(got, l.Label+l.Text)
	}
	if want := []string{"一、概况", "（一）机构", "（二）人员", "1.行政", "点", "正文", "二、支出", "（一）基本", "无号",
		"九、另起"}; !slices.Equal(got, want) {
		t.Errorf("read %q\nwant %q", got, want)
	}
}
