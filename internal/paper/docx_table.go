package paper

import "strings"

// TextWidth is the width between the margins, in twentieths of a point; wideWidth is that of a
// landscape page.
const (
	TextWidth = 11906 - 1588 - 1474
	wideWidth = 16838 - 1984 - 2098
)

// textHeight is the height between the margins; wideHeight is that of a landscape page.
const (
	textHeight = 16838 - 2098 - 1984
	wideHeight = 11906 - 1588 - 1474
)

const tableProperties = `<w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>` +
	`<w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
	`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/>` +
	`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>` +
	`<w:tblCaption w:val="%s"/></w:tblPr>`

// table writes a table with columns of the given widths. Below a cell that spans rows, cells that continue it are
// added. noted is the height of small print that follows, which must not be alone on a page.
func (x *Markup) table(t Table, widths []int, noted int) {
	x.Add(`<w:tbl>`+tableProperties+`<w:tblGrid>`, sum(widths), t.Caption)
	for _, w := range widths {
		x.Add(`<w:gridCol w:w="%d"/>`, w)
	}
	x.WriteString("</w:tblGrid>\n")
	rows := x.turns(t, widths, noted)
	at := map[Place]slot{}
	for _, c := range t.Place() {
		for i := range c.Rows {
			again := rows.turns[c.Row+i] && c.again()
			at[Place{c.Row + i, c.Column}] = slot{c.Cell, c.Rows > 1, i > 0 && !again}
		}
	}
	room := x.height - headHeight(t, rows.heights)
	spacing := ""
	if rows.tight {
		spacing = `<w:spacing w:before="0" w:after="0"/>`
	}
	for r := range t.Rows {
		x.WriteString(`<w:tr><w:trPr>`)
		if rows.heights[r] <= room { // a taller row goes on on the next page
			x.Add(`<w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/>`, rows.heights[r])
		}
		x.tableRow(at, r, widths, rowStyle{head: r < t.Head, stays: noted > 0 && r == len(t.Rows)-1, spacing: spacing})
	}
	x.WriteString("</w:tbl>\n")
}

// slot is a cell's part in one row. A heading that spans rows begins again, with its text, where they go on on the next
// page.
type slot struct {
	Cell
	merged, continues bool
}

// rowStyle is what the paragraphs of a row have in common.
type rowStyle struct {
	head    bool
	stays   bool // with what follows
	spacing string
}

// tableRow writes a row that was begun. A heading across all columns stays with the row below.
func (x *Markup) tableRow(at map[Place]slot, row int, widths []int, style rowStyle) {
	if style.head {
		x.WriteString(`<w:tblHeader/>`)
	}
	x.WriteString(`</w:trPr>`)
	for column := 0; column < len(widths); {
		s, ok := at[Place{row, column}]
		if !ok {
			s.Columns = 1
		}
		extra := style.spacing
		if style.stays || s.Columns == len(widths) && s.Label && !style.head {
			extra = `<w:keepNext/>` + extra
		}
		x.tableCell(s, sum(widths[column:column+s.Columns]), extra)
		column += s.Columns
	}
	x.WriteString("</w:tr>\n")
}

func (x *Markup) tableCell(s slot, width int, extra string) {
	x.Add(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if s.Columns > 1 {
		x.Add(`<w:gridSpan w:val="%d"/>`, s.Columns)
	}
	switch {
	case s.continues:
		x.WriteString(`<w:vMerge/>`)
	case s.merged:
		x.WriteString(`<w:vMerge w:val="restart"/>`)
	}
	x.Add(`<w:vAlign w:val="%s"/></w:tcPr>`, s.standing())
	style := "TableText"
	if s.Label && s.Align == Left {
		extra += `<w:jc w:val="left"/>`
	}
	switch {
	case s.continues:
		s.Runs = nil
	case s.Label:
		style = "TableLabel"
	case s.Align == Left:
		style = "TableLeft"
	case s.Align == Right:
		style = "TableRight"
	}
	x.cellText(style, extra, x.letters.whole(x.letters.soft(Text(s.Runs), width-cellMargins), width-cellMargins))
	x.WriteString(`</w:tc>`)
}

// cellText writes a cell's text in paragraphs that end at each turn, with no space between them.
func (x *Markup) cellText(style, extra, text string) {
	lines := strings.Split(text, turn)
	for i, line := range lines {
		spacing := ""
		switch first, last := i == 0, i == len(lines)-1; {
		case first && last || strings.Contains(extra, "<w:spacing"):
		case first:
			spacing = `<w:spacing w:after="0"/>`
		case last:
			spacing = `<w:spacing w:before="0"/>`
		default:
			spacing = `<w:spacing w:before="0" w:after="0"/>`
		}
		x.para(style, ordered(extra, spacing), Run{Text: line})
	}
}

// ordered puts spacing where the schema wants it: behind what keeps lines together, before the alignment.
func ordered(extra, spacing string) string {
	if at := strings.Index(extra, "<w:jc"); at >= 0 {
		return extra[:at] + spacing + extra[at:]
	}
	return extra + spacing
}

// maxCentred is the number of rows that a merged cell can span and certainly fit on one page.
const maxCentred = 12

// standing returns a cell's vertical alignment: centred, but at the top if the centre may be on another
// page than the beginning of the cell.
func (s slot) standing() string {
	if s.Rows > maxCentred && !s.Label {
		return "top"
	}
	return "center"
}

// scaled converts parts of the whole to widths that add up to it.
func scaled(parts []int, whole int) []int {
	all, done, given := sum(parts), 0, 0
	out := make([]int, len(parts))
	for i, p := range parts {
		done += p
		out[i] = done*whole/all - given
		given += out[i]
	}
	return out
}

func sum(list []int) int {
	n := 0
	for _, x := range list {
		n += x
	}
	return n
}
