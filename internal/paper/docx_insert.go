package paper

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/lang"
)

var ownStyle = regexp.MustCompile(`<w:pStyle w:val="(\w+)"/>`)

const ownPrefix = "Dabiao"

// DocxBlocks returns the XML of blocks for insertion in another document, in styles of our own, with
// charts as their tables and without QR codes, as nothing else goes with it. width is in twentieths of a point.
func DocxBlocks(blocks []Block, width int, t lang.Tag) string {
	x := Markup{letters: lettererOf(t), height: textHeight}
	blocks = slices.DeleteFunc(slices.Clone(blocks), func(b Block) bool { return b.QR != nil })
	for i, b := range blocks {
		if b.Chart != nil {
			t := b.Chart.Table()
			blocks[i] = Block{Table: &t}
		}
	}
	x.blocks(blocks, width)
	if n := len(blocks); n > 0 && blocks[n-1].Table != nil {
		x.para("TableGap", "") // Word would merge it with a table that follows
	}
	return ownStyle.ReplaceAllString(x.String(), `<w:pStyle w:val="`+ownPrefix+`$1"/>`)
}

// DocxStyles adds the report's paragraph styles to a template's style sheet. Their names occur in no
// template, and they are based on none of its styles.
func DocxStyles(stylesheet string, t lang.Tag) string {
	f := fontsOf(t)
	var b strings.Builder
	b.WriteString(`<w:style w:type="paragraph" w:customStyle="1" w:styleId="` + ownPrefix + `Normal"><w:name w:val="` +
		ownPrefix + ` Normal"/><w:pPr><w:snapToGrid w:val="0"/>` +
		pitch + `<w:jc w:val="both"/></w:pPr><w:rPr>` + f.body + `<w:color w:val="000000"/>` + sized(size3) +
		languages(t) + `</w:rPr></w:style>`)
	for _, s := range paragraphStyles(t, f) {
		s.id, s.name, s.based = ownPrefix+s.id, ownPrefix+" "+s.name, ownPrefix+s.based
		b.WriteString(s.xml())
	}
	return strings.Replace(stylesheet, "</w:styles>", b.String()+"</w:styles>", 1)
}
