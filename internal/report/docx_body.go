package report

import "strconv"

// body is the main part: cover, sections, annexes, and the page they stand on.
func body(d Document) string {
	var x xmlText
	x.add(xmlHead + `<w:document xmlns:w="` + wordSpace + `" xmlns:r="` + relSpace + `"><w:body>` + "\n")
	x.cover(d)
	for _, s := range d.Sections {
		x.para("Heading1", "", Run{Text: s.Heading})
		x.blocks(s.Blocks)
	}
	for _, a := range d.Annexes {
		x.para("AnnexMark", newPage, Run{Text: a.Mark})
		x.para("Title", "", Run{Text: a.Title})
		x.para("CoverLine", "", Run{Text: a.Subtitle})
		x.blocks(a.Blocks)
	}
	x.WriteString(textPages(d) + `</w:body></w:document>`)
	return x.String()
}

const newPage = `<w:pageBreakBefore/>`

func (x *xmlText) cover(d Document) {
	x.para("AnnexMark", "", Run{Text: d.Mark})
	x.para("Title", spaceBefore(4200), Run{Text: d.Title})
	if d.Sample {
		x.para("Notice", spaceBefore(400), Run{Text: d.Notice})
	}
	x.para("CoverLine", spaceBefore(4000), Run{Text: d.Office})
	x.para("CoverLine", spaceBefore(200)+coverPage(d), Run{Text: d.Dated})
}

func spaceBefore(twentieths int) string {
	return `<w:spacing w:before="` + strconv.Itoa(twentieths) + `"/>`
}

func (x *xmlText) blocks(blocks []Block) {
	for i, b := range blocks {
		switch {
		case b.Heading != nil:
			x.para("Heading"+strconv.Itoa(b.Heading.Level), "", Run{Text: b.Heading.Text})
		case b.Paragraph != nil && b.Paragraph.Note:
			x.para("TableNote", "", b.Paragraph.Runs...)
		case b.Paragraph != nil:
			x.para("Body", "", b.Paragraph.Runs...)
		case b.Table != nil:
			if i > 0 && blocks[i-1].Table != nil {
				x.para("TableGap", "") // Word melts neighbouring tables into one
			}
			x.table(*b.Table)
		}
	}
}

// para writes one paragraph; extra are properties beyond the style's.
func (x *xmlText) para(style, extra string, runs ...Run) {
	x.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + extra + `</w:pPr>`)
	for _, r := range runs {
		x.add(`<w:r><w:t xml:space="preserve">%s</w:t></w:r>`, r.Text)
	}
	x.WriteString("</w:p>\n")
}
