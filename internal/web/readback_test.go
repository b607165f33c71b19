package web

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"dabiao/internal/paper"
)

// readPaper is what a reader that knows nothing of the program sees of a file: running text, and tables
// as rows of columns. What a cell covers beside and below itself is empty.
type readPaper struct {
	lines  []string
	tables [][][]string
}

// put sets a place of the last table, which grows as needed.
func (p *readPaper) put(row, column int, text string) {
	t := &p.tables[len(p.tables)-1]
	for len(*t) <= row {
		*t = append(*t, nil)
	}
	for len((*t)[row]) <= column {
		(*t)[row] = append((*t)[row], "")
	}
	(*t)[row][column] = text
}

// spanned is where the cells of tables go whose cells span rows.
type spanned struct {
	row     int
	covered map[[2]int]bool
}

// take gives the next free column of a row and covers what the cell spans.
func (s *spanned) take(columns, rows int) (column int) {
	for s.covered[[2]int{s.row, column}] {
		column++
	}
	for r := range max(rows, 1) {
		for c := range max(columns, 1) {
			s.covered[[2]int{s.row + r, column + c}] = true
		}
	}
	return column
}

// readDocx reads a Word file's main part.
func readDocx(t *testing.T, file string) (p readPaper) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(file), int64(len(file)))
	must(t, err)
	part, err := z.Open("word/document.xml")
	must(t, err)
	d := xml.NewDecoder(part)
	row, column, span, going, inCell, inText := -1, 0, 1, false, false, false
	var text, said strings.Builder
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p
		}
		must(t, err)
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "tbl":
				p.tables, row = append(p.tables, nil), -1
			case "tr":
				row, column = row+1, 0
			case "tc":
				inCell, span, going = true, 1, false
				text.Reset()
			case "gridSpan":
				span, err = strconv.Atoi(e.Attr[0].Value)
				must(t, err)
			case "vMerge":
				going = len(e.Attr) == 0
			case "t":
				inText = true
			case "br":
				said.WriteByte('\n')
			}
		case xml.CharData:
			if inText {
				said.Write(e)
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "t":
				inText = false
			case "p":
				if inCell {
					text.WriteString(said.String())
				} else {
					p.lines = append(p.lines, said.String())
				}
				said.Reset()
			case "tc":
				if inCell = false; going && text.Len() > 0 {
					t.Errorf("a cell that goes on says %q", text.String())
				}
				p.put(row, column, text.String())
				column += span
			}
		}
	}
}

// readHTML reads a page's main part.
func readHTML(t *testing.T, file string) (p readPaper) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(file))
	must(t, err)
	s := &spanned{}
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.Data {
		case "nav", "style", "caption":
			return
		case "p", "h1", "h2", "h3", "h4":
			p.lines = append(p.lines, htmlText(n))
			return
		case "table":
			p.tables, s = append(p.tables, nil), &spanned{row: -1, covered: map[[2]int]bool{}}
		case "tr":
			s.row++
		case "td", "th":
			p.put(s.row, s.take(spans(t, n, "colspan"), spans(t, n, "rowspan")), htmlText(n))
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return p
}

func htmlText(n *html.Node) string {
	switch {
	case n.Type == html.TextNode:
		return n.Data
	case n.Data == "br":
		return "\n"
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(htmlText(c))
	}
	return b.String()
}

func spans(t *testing.T, n *html.Node, name string) int {
	t.Helper()
	for _, a := range n.Attr {
		if a.Key == name {
			k, err := strconv.Atoi(a.Val)
			must(t, err)
			return k
		}
	}
	return 1
}

// readCSV reads tables with an empty line between them.
func readCSV(t *testing.T, file string) (p readPaper) {
	t.Helper()
	file = strings.TrimPrefix(file, "\ufeff")
	for begin, at := 0, 0; begin < len(file); {
		end := strings.Index(file[at:], "\n\n")
		if end >= 0 && strings.Count(file[begin:at+end], `"`)%2 != 0 { // inside a field
			at += end + 2
			continue
		}
		if end = at + end; end < at {
			end = len(file)
		}
		r := csv.NewReader(strings.NewReader(file[begin:end]))
		rows, err := r.ReadAll()
		must(t, err)
		p.tables = append(p.tables, rows)
		begin, at = end+2, end+2
	}
	return p
}

// readBook reads a workbook's sheets, numbers as they are kept.
func readBook(t *testing.T, file string) (names []string, rows map[string][][]string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader([]byte(file)), excelize.Options{RawCellValue: true})
	must(t, err)
	defer f.Close()
	rows = map[string][][]string{}
	for _, name := range f.GetSheetList() {
		rows[name], err = f.GetRows(name)
		must(t, err)
	}
	return f.GetSheetList(), rows
}

// readSheet cuts a form's sheet into the tables that a paper of the form has. They begin below the title
// and what it covers; a paragraph takes a row.
func readSheet(rows [][]string, title string, like treePaper) (p readPaper) {
	at := 2 + slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == title })
	for _, b := range like.blocks {
		if b.Table == nil {
			at++
			continue
		}
		for at < len(rows) && len(rows[at]) == 0 { // between two projects
			at++
		}
		from, to := min(at, len(rows)), min(at+len(b.Table.Rows), len(rows))
		p.tables = append(p.tables, rows[from:to])
		at = to
	}
	return p
}

// treePaper is a paper as its JSON says it: the same, with what each number is.
type treePaper struct{ blocks []treeBlock }

type treeBlock struct {
	Heading   *struct{ Text string }
	Paragraph *struct{ Runs []paper.Run }
	Chart     *paper.Chart
	Table     *struct{ Rows []treeRow }
}

type treeRow struct{ Cells []treeCell }

type treeCell struct {
	Runs          []paper.Run
	Columns, Rows int
	Value         *string
}

func readTree(t *testing.T, file string) (p treePaper) {
	t.Helper()
	var d struct {
		Sections []struct{ Blocks []treeBlock }
		Annexes  []struct{ Blocks []treeBlock }
	}
	must(t, json.Unmarshal([]byte(file), &d))
	for _, s := range d.Sections {
		p.blocks = append(p.blocks, s.Blocks...)
	}
	for _, a := range d.Annexes {
		p.blocks = append(p.blocks, a.Blocks...)
	}
	return p
}

// placed are the cells of a table with where they begin.
func (b treeBlock) placed() map[[2]int]treeCell {
	out := map[[2]int]treeCell{}
	s := &spanned{covered: map[[2]int]bool{}}
	for i, row := range b.Table.Rows {
		s.row = i
		for _, c := range row.Cells {
			out[[2]int{i, s.take(c.Columns, c.Rows)}] = c
		}
	}
	return out
}

func said(runs []paper.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}
