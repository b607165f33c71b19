package paper

import (
	"strconv"
	"strings"
)

// body returns the main part: cover, sections, annexes, and the page layout.
func body(d Document) string {
	x := Markup{letters: lettererOf(d.Language)}
	x.Add(XMLHead + `<w:document xmlns:w="` + wordSpace + `" xmlns:r="` + relSpace + `"><w:body>` + "\n")
	if len(d.Sections) > 0 {
		x.cover(d)
	}
	all := spreads(d)
	for i, s := range all {
		x.spread(s)
		if end := pagesEnd(d, s.wide, i == 0); i < len(all)-1 {
			x.para("TableGap", end)
		} else {
			x.WriteString(end)
		}
	}
	x.WriteString(`</w:body></w:document>`)
	return x.String()
}

// spread is a run of pages with the same orientation.
type spread struct {
	wide     bool
	sections []Section
	annexes  []Annex
}

func spreads(d Document) []spread {
	out := []spread{{sections: d.Sections}}
	if len(d.Sections) == 0 && len(d.Annexes) > 0 {
		out[0].wide = d.Annexes[0].Wide
	}
	for _, a := range d.Annexes {
		if last := out[len(out)-1]; last.wide != a.Wide {
			out = append(out, spread{wide: a.Wide})
		}
		last := &out[len(out)-1]
		last.annexes = append(last.annexes, a)
	}
	return out
}

func (x *Markup) spread(s spread) {
	width := TextWidth
	x.height = textHeight
	if s.wide {
		width, x.height = wideWidth, wideHeight
	}
	for _, section := range s.sections {
		x.para("Heading1", "", Run{Text: section.Heading})
		x.blocks(section.Blocks, width)
	}
	for i, a := range s.annexes {
		turn := newPage
		if i == 0 && len(s.sections) == 0 { // the spread itself begins a new page
			turn = ""
		}
		if a.Mark != "" {
			x.para("AnnexMark", turn, Run{Text: a.Mark})
			turn = ""
		}
		x.para("Title", turn, Run{Text: a.Title})
		x.para("CoverLine", "", Run{Text: a.Subtitle})
		title := letterer{size: titleSize, latin: x.letters.latin}
		x.down = annexHead + titleLine*len(title.lines(a.Title, width))
		x.blocks(a.Blocks, width)
	}
}

// Heights above an annex's tables: its mark and subtitle, and a line of its title with the size of its letters.
const (
	annexHead = 2 * 579
	titleLine = 720
	titleSize = 440
)

const newPage = `<w:pageBreakBefore/>`

func (x *Markup) cover(d Document) {
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

func (x *Markup) blocks(blocks []Block, width int) {
	fitted := x.letters.fitted(blocks, width)
	for i, b := range blocks {
		switch {
		case b.Heading != nil:
			x.para("Heading"+strconv.Itoa(b.Heading.Level), "", Run{Text: b.Heading.Text})
		case b.Paragraph != nil && b.Paragraph.Note:
			x.para("TableNote", "", b.Paragraph.Runs...)
		case b.Paragraph != nil:
			x.para("Body", "", b.Paragraph.Runs...)
		case b.Chart != nil:
			x.figures++
			x.chart(x.figures, *b.Chart)
		case b.Table != nil:
			if i > 0 && blocks[i-1].Table != nil {
				gap := ""
				if b.Table.NewPage {
					gap, x.down = newPage, 0
				}
				x.para("TableGap", gap) // Word would merge adjacent tables
			}
			x.table(*b.Table, fitted[i], i+1 < len(blocks) && blocks[i+1].Paragraph != nil)
		}
	}
}

// para writes a paragraph; extra holds properties beyond those of the style.
func (x *Markup) para(style, extra string, runs ...Run) {
	x.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + extra + `</w:pPr>`)
	for _, r := range runs {
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				x.WriteString(`<w:r><w:br/></w:r>`)
			}
			x.Add(`<w:r><w:t xml:space="preserve">%s</w:t></w:r>`, line)
		}
	}
	x.WriteString("</w:p>\n")
}
