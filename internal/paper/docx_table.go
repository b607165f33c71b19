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
// added. noted means that small print follows, which must not be alone on a page.
func (x *Markup) table(t Table, widths []int, noted bool) {
	x.Add(`<w:tbl>`+tableProperties+`<w:tblGrid>`, sum(widths), t.Caption)
	for _, w := range widths {
		x.Add(`<w:gridCol w:w="%d"/>`, w)
	}
	x.WriteString("</w:tblGrid>\n")
	heights, turns := x.turns(t, widths)
	at := map[Place]slot{}
	for _, c := range t.Place() {
		for i := range c.Rows {
			again := turns[c.Row+i] && (c.Label || c.Column == 0)
			at[Place{c.Row + i, c.Column}] = slot{c.Cell, c.Rows > 1, i > 0 && !again}
		}
	}
	room := x.height - headHeight(t, heights)
	for r := range t.Rows {
		x.WriteString(`<w:tr><w:trPr>`)
		if heights[r] <= room { // a taller row goes on on the next page
			x.Add(`<w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/>`, heights[r])
		}
		x.tableRow(at, r, widths, r < t.Head, noted && r == len(t.Rows)-1)
	}
	x.WriteString("</w:tbl>\n")
}

// slot is a cell's part in one row. A heading that spans rows begins again, with its text, where they go on on the next
// page.
type slot struct {
	Cell
	merged, continues bool
}

// tableRow writes a row that was begun. A heading across all columns stays with the row below, and if noted, every row
// does.
func (x *Markup) tableRow(at map[Place]slot, row int, widths []int, head, noted bool) {
	if head {
		x.WriteString(`<w:tblHeader/>`)
	}
	x.WriteString(`</w:trPr>`)
	for column := 0; column < len(widths); {
		s, ok := at[Place{row, column}]
		if !ok {
			s.Columns = 1
		}
		x.tableCell(s, sum(widths[column:column+s.Columns]), noted || s.Columns == len(widths) && s.Label && !head)
		column += s.Columns
	}
	x.WriteString("</w:tr>\n")
}

func (x *Markup) tableCell(s slot, width int, stays bool) {
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
	style, extra := "TableText", ""
	if stays {
		extra = `<w:keepNext/>`
	}
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

// cellText writes a cell's text in paragraphs that end at each turn.
func (x *Markup) cellText(style, extra, text string) {
	for line := range strings.SplitSeq(text, turn) {
		x.para(style, extra, Run{Text: line})
	}
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
