package paper

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"dabiao/internal/lang"
)

// body returns the main part: cover, sections, annexes, and the page layout.
func body(d Document) *Markup {
	x := &Markup{letters: lettererOf(d.Language), tag: d.Language}
	x.Add(XMLHead + `<w:document xmlns:w="` + wordSpace + `" xmlns:r="` + relSpace + `"><w:body>` + "\n")
	if len(d.Sections) > 0 {
		x.cover(d)
	}
	all := spreads(d)
	for i, s := range all {
		if i == 0 && len(d.Sections) > 0 { // GB/T 9704: the text begins with its title
			x.para("Title", "", Run{Text: d.brokenTitle()})
			x.para("Normal", "")
			title := letterer{size: titleSize, latin: x.letters.latin}
			x.text, x.down = textOf(d.Language), titleLine*len(title.lines(d.brokenTitle(), TextWidth))+pitchLine
		}
		x.spread(s)
		if end := pagesEnd(d, s.wide, i == 0); i < len(all)-1 {
			x.para("TableGap", end)
		} else {
			x.WriteString(end)
		}
	}
	x.WriteString(`</w:body></w:document>`)
	return x
}

// spread is a run of pages with the same orientation.
type spread struct {
	wide     bool
	sections []Section
	attached []string // below the sections
	annexes  []Annex
}

// end is the last paragraph above the list of annexes, which does not leave the list alone on a page; nil if something
// else stands there.
func (s spread) end() *Paragraph {
	if len(s.attached) == 0 || len(s.sections) == 0 {
		return nil
	}
	blocks := s.sections[len(s.sections)-1].Blocks
	if len(blocks) == 0 {
		return nil
	}
	return blocks[len(blocks)-1].Paragraph
}

func spreads(d Document) []spread {
	out := []spread{{sections: d.Sections, attached: d.Attached}}
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
	x.ends = s.end()
	for _, section := range s.sections {
		x.para("Heading1", "", Run{Text: section.Heading})
		x.follow(section.Heading, true)
		x.blocks(section.Blocks, width)
	}
	x.text = letterer{}
	x.attached(s.attached)
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
		x.down = x.annexTop(a, width)
		x.blocks(a.Blocks, width)
	}
}

// Heights of a line on the cover, as of an annex's mark, and of a line of a title, with the sizes of their letters.
const (
	coverLine = 579
	coverSize = 320
	titleLine = 720
	titleSize = 440
)

const newPage = `<w:pageBreakBefore/>`

// cover writes the title with what stands below it, and further down, where the page has room for it, the office.
func (x *Markup) cover(d Document) {
	const above, gap, most = 4200, 200, 4000
	title := letterer{size: titleSize, latin: x.letters.latin}
	used := coverLine + above + titleLine*len(title.lines(d.brokenTitle(), TextWidth)) + coverLine +
		(len(d.Lines)+1)*(gap+coverLine)
	x.para("AnnexMark", "", Run{Text: d.Mark})
	x.para("Title", spaceBefore(above), Run{Text: d.brokenTitle()})
	if d.Number != "" {
		used += gap + coverLine
		x.para("CoverLine", spaceBefore(gap), Run{Text: d.Number})
	}
	if d.Sample {
		used += 2*gap + coverLine*len(textOf(d.Language).lines(d.Notice, TextWidth))
		x.para("Notice", spaceBefore(2*gap), Run{Text: d.Notice})
	}
	x.para("CoverLine", spaceBefore(min(most, textHeight-used-coverLine)), Run{Text: d.Office})
	for _, line := range d.Lines {
		x.para("CoverLine", spaceBefore(gap), Run{Text: line})
	}
	x.para("CoverLine", spaceBefore(gap)+coverPage(d), Run{Text: d.Dated})
}

// brokenTitle is the title with the office on a line of its own, where it takes more than one.
func (d Document) brokenTitle() string {
	rest, ok := strings.CutPrefix(d.Title, d.Author)
	if !ok || rest == "" || d.Language == lang.English || utf8.RuneCountInString(d.Title)*titleSize <= TextWidth {
		return d.Title
	}
	return d.Author + "\n" + rest
}

// attached writes the list of annexes below the text: an empty line, then each name below the first.
func (x *Markup) attached(lines []string) {
	for i, line := range lines {
		if i == 0 {
			x.para("Attached", keepNext)
		}
		at := attachedFirst
		if i > 0 {
			at = attachedNext
		}
		if i < len(lines)-1 { // the list stays on one page
			at = keepNext + at
		}
		x.para("Attached", at, Run{Text: line})
	}
}

// Distances of the list of annexes from the left edge: two characters, and three more for what “附件：” takes.
const (
	attachedFirst = `<w:ind w:leftChars="200" w:left="640"/>`
	attachedNext  = `<w:ind w:leftChars="500" w:left="1600"/>`
)

func spaceBefore(twentieths int) string {
	return `<w:spacing w:before="` + strconv.Itoa(twentieths) + `"/>`
}

func (x *Markup) blocks(blocks []Block, width int) {
	fitted := x.letters.fitted(blocks, width)
	for i, b := range blocks {
		switch {
		case b.Heading != nil:
			x.para("Heading"+strconv.Itoa(b.Heading.Level), "", Run{Text: b.Heading.Text})
			x.follow(b.Heading.Text, true)
		case b.Paragraph != nil && b.Paragraph.Note:
			stays := beforeCode(blocks[i+1:])
			if x.notesBelow(blocks[i+1:], width) > 0 {
				stays = keepNext
			}
			x.para("TableNote", stays, b.Paragraph.Runs...)
			x.noted(b.Paragraph.Text(), width)
		case b.Paragraph != nil:
			stays := ""
			if b.Paragraph == x.ends {
				stays = keepNext
			}
			x.para("Body", stays, b.Paragraph.Runs...)
			x.follow(b.Paragraph.Text(), false)
		case b.Chart != nil:
			x.chart(*b.Chart)
		case b.QR != nil:
			x.code(*b.QR)
		case b.Table != nil:
			if i > 0 && blocks[i-1].Table != nil {
				gap := ""
				if x.begins(*b.Table, fitted[i]) {
					gap, x.down = newPage, 0
				}
				x.para("TableGap", gap) // Word would merge adjacent tables
				x.down += gapHeight
			}
			x.table(*b.Table, fitted[i], x.below(blocks, fitted, i, width))
		}
	}
}

// beforeCode keeps a note on the page of the code that follows it.
func beforeCode(after []Block) string {
	if len(after) > 0 && after[0].QR != nil {
		return keepNext
	}
	return ""
}

// para writes a paragraph; extra holds properties beyond those of the style.
func (x *Markup) para(style, extra string, runs ...Run) {
	x.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + extra + `</w:pPr>`)
	for _, r := range runs {
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				x.WriteString(`<w:r><w:br/></w:r>`)
			}
			for j, part := range strings.Split(line, string(hyphen)) {
				if j > 0 {
					x.WriteString(`<w:r><w:softHyphen/></w:r>`)
				}
				x.Add(`<w:r><w:t xml:space="preserve">%s</w:t></w:r>`, part)
			}
		}
	}
	x.WriteString("</w:p>\n")
}
