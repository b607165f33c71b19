package report

import (
	"strings"
	"testing"

	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/paper/papertest"
)

// The pages in the browser hold what the Word file holds: every heading, sentence and cell, and as many charts.
func TestPagesHoldWhatTheWordFileHolds(t *testing.T) {
	for _, in := range []Input{facts(t, lang.Chinese), sample(t, lang.Chinese), sample(t, lang.English)} {
		d := Build(in)
		html := strings.ReplaceAll(paper.Sheets{Document: d}.HTML(), "\u00ad", "") // where long words may be parted
		var file strings.Builder
		if err := paper.WriteDocx(&file, d); err != nil {
			t.Fatal(err)
		}
		charts := 0
		for part := range papertest.Unzip(t, []byte(file.String())) {
			if strings.HasPrefix(part, "word/charts/chart") {
				charts++
			}
		}
		if n := strings.Count(html, "<svg "); n != charts || charts == 0 {
			t.Errorf("%d charts, the Word file has %d", n, charts)
		}
		holds := func(text string) {
			if !strings.Contains(html, ">"+paper.Escape(text)+"</") {
				t.Errorf("the pages lack %q", text)
			}
		}
		for _, s := range d.Sections {
			holds(s.Heading)
			for _, b := range s.Blocks {
				switch {
				case b.Heading != nil:
					holds(b.Heading.Text)
				case b.Paragraph != nil:
					holds(b.Paragraph.Text())
				}
			}
		}
		for _, a := range d.Annexes {
			holds(a.Title)
			for _, b := range a.Blocks {
				if b.Table == nil {
					continue
				}
				for _, row := range b.Table.Rows {
					for _, c := range row.Cells {
						if c.Rows <= 1 && !strings.Contains(c.Text(), "\n") {
							holds(c.Text())
						}
					}
				}
			}
		}
		if strings.Contains(html, "style=") {
			t.Error("the pages are styled in place, which the content security policy forbids")
		}
	}
}

// A cell that spans rows is said once on each page that it is on, with its lines around the middle.
func TestACellThatSpansRowsIsSaidOnce(t *testing.T) {
	table := &paper.Table{Widths: []int{10, 10}}
	table.Add(paper.Words("产出").Over(1, 3), paper.Words("甲"))
	table.Add(paper.Words("乙"))
	table.Add(paper.Words("丙"))
	html := paper.Sheets{Document: paper.Document{Language: lang.Chinese, Annexes: []paper.Annex{{Key: "a", Title: "表",
		Blocks: []paper.Block{{Table: table}}}}}}.HTML()
	if n := strings.Count(html, "产出"); n != 1 {
		t.Errorf("it is said %d times", n)
	}
	if middle := strings.Split(html, "<tr")[2]; !strings.Contains(middle, "产出") || !strings.Contains(middle, "乙") {
		t.Errorf("the middle row is %s", middle)
	}
}
