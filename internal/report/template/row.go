package template

import (
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/report/token"
)

// A repeated row may have cells merged with those below (w:vMerge). If such a cell has no tokens, it is
// merged over all copies. If it has, the rows it covers are repeated together.

// wordCell is a cell of a row: its range in the row's XML and its column in the table's grid.
type wordCell struct {
	from, to int
	column   int
	merge    string // restart, continue, or "" if not merged
}

var (
	cellMerge = regexp.MustCompile(`<w:vMerge(?:\s+w:val="(\w+)")?\s*/>`)
	cellSpan  = regexp.MustCompile(`<w:gridSpan\s+w:val="(\d+)"\s*/>`)
	rowBefore = regexp.MustCompile(`<w:gridBefore\s+w:val="(\d+)"\s*/>`)
	cellText  = regexp.MustCompile(`(?s)<w:r[ >].*?</w:r>`)
)

// wordCells returns a row's cells. Tables inside cells have been filled before.
func wordCells(row string) (cells []wordCell) {
	column, at := numberIn(rowBefore, row), 0
	for {
		from := element(row[at:], "w:tc")
		if from < 0 {
			return cells
		}
		from += at
		length := closing(row[from:], "w:tc")
		if length < 0 {
			return cells
		}
		at = from + length
		c := wordCell{from: from, to: at, column: column}
		if m := cellMerge.FindStringSubmatch(row[from:at]); m != nil {
			if c.merge = m[1]; c.merge == "" {
				c.merge = "continue"
			}
		}
		column += max(numberIn(cellSpan, row[from:at]), 1)
		cells = append(cells, c)
	}
}

func numberIn(in *regexp.Regexp, xml string) int {
	m := in.FindStringSubmatch(xml)
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	return n
}

// goesOn reports whether a row continues the cell above it that begins in a column.
func goesOn(row string, column int) bool {
	for _, c := range wordCells(row) {
		if c.column == column {
			return c.merge == "continue"
		}
	}
	return false
}

// together returns the length of the part of xml that is repeated as a whole: the first row, which ends
// at first, and the rows covered by its merged cells with tokens.
func together(xml string, first int) int {
	end := first
	for _, c := range wordCells(xml[:first]) {
		if c.merge != "restart" || !strings.Contains(onlyWords(xml[c.from:c.to]), token.Open) {
			continue
		}
		for at := first; ; {
			length := nextRow(xml[at:])
			if length < 0 || !goesOn(xml[at:at+length], c.column) {
				break
			}
			at += length
			end = max(end, at)
		}
	}
	return end
}

// nextRow returns the end of the row that xml begins with, or -1 if more than marks, such as bookmarks,
// comes before a row.
func nextRow(xml string) int {
	begin := element(xml, "w:tr")
	if begin < 0 || strings.Contains(xml[:begin], "w:t") {
		return -1
	}
	length := closing(xml[begin:], "w:tr")
	if length < 0 {
		return -1
	}
	return begin + length
}

// onlyWords returns the text of a piece of XML, with the brackets that people type replaced by those of
// tokens.
func onlyWords(xml string) string {
	var b strings.Builder
	for _, m := range shownText.FindAllStringSubmatch(xml, -1) {
		b.WriteString(m[1])
	}
	return token.Bracketed(b.String())
}

var shownText = regexp.MustCompile(`<w:t(?:\s[^>]*)?>([^<]*)</w:t>`)

// merged returns rows for a further copy: cells of the first row that have no tokens and are merged
// with the row below continue the cell above.
func merged(rows, below string) string {
	length := nextRow(below)
	if length < 0 {
		return rows
	}
	cells := wordCells(rows[:max(nextRow(rows), 0)])
	for i := len(cells) - 1; i >= 0; i-- {
		c := cells[i]
		inside := rows[c.from:c.to]
		if c.merge == "restart" && !strings.Contains(onlyWords(inside), token.Open) && goesOn(below[:length], c.column) {
			inside = cellText.ReplaceAllString(cellMerge.ReplaceAllString(inside, "<w:vMerge/>"), "")
			rows = rows[:c.from] + inside + rows[c.to:]
		}
	}
	return rows
}

// repeat fills rows once for each indicator of an area.
func (f *filler) repeat(rows, below, each string) string {
	over, mistake := f.draft.Each(each)
	if mistake != nil {
		f.paragraph++
		f.wrong(*mistake)
		return ""
	}
	var out strings.Builder
	at := f.paragraph
	for i := range over {
		f.paragraph = at
		out.WriteString(f.paragraphs(rows, &over[i]))
		if i == 0 {
			rows = ownMarks.ReplaceAllString(merged(rows, below), "")
		}
		if out.Len() > maxFilled {
			f.grown = kpi.Refuse(kpi.Invalid, "template_grows", maxFilled>>20)
			break
		}
	}
	return out.String()
}
