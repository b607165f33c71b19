package page

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// rekeyPage is a paper to be typed into the finance system line by line.
type rekeyPage struct {
	Layout
	Tabs    []layoutLink
	AsOf    string
	Name    string
	Count   string // how many lines are done
	Action  string
	Tables  []rekeyTable
	MayTick bool
}

// rekeyTable is one table of the paper; its columns share their heads.
type rekeyTable struct {
	Caption string
	Rows    []rekeyRow
}

// rekeyRow is a line. Changed says that it was typed and says something else by now.
type rekeyRow struct {
	Key, Label string
	Cells      []rekeyCell
	Head       bool
	Done       bool
	Changed    bool
	By         string
}

// rekeyCell is a cell; Column is where it starts, from 1, so that a column can be copied whole.
type rekeyCell struct {
	Text          string
	Label, Left   bool
	Columns, Rows int
	Column        int
}

func NewRekey(pc Context, a paper.Annex, done map[string]kpi.Rekeyed) rekeyPage {
	p, year := pc.Printer, pc.Year.Year
	page := rekeyPage{Tabs: pc.reportTabs("forms"), Layout: NewLayout(pc, p.T("rekey.title"), partReport, RekeyPath(year)),
		AsOf: p.AsOf(pc.AsOf), Name: a.Title, Action: pc.paperAt(RekeyPath(year), report.Paper(a.Key)),
		MayTick: pc.Actor.MayPlan() == nil}
	page.Scripts = append(page.Scripts, "rekey.js")
	all, ticked := 0, 0
	for i, lines := range report.RekeyLines(a) {
		columns := columnsOf(*a.Blocks[i].Table)
		table := rekeyTable{Caption: a.Blocks[i].Table.Caption}
		for r, l := range lines {
			row := newRekeyRow(pc, l, columns[r], done)
			table.Rows = append(table.Rows, row)
			if !row.Head {
				all++
			}
			if row.Done {
				ticked++
			}
		}
		page.Tables = append(page.Tables, table)
	}
	page.Count = p.T("rekey.count", ticked, all)
	return page
}

// columnsOf says where the cells of each row start, from 1.
func columnsOf(t paper.Table) [][]int {
	out := make([][]int, len(t.Rows))
	for _, c := range t.Place() {
		out[c.Row] = append(out[c.Row], c.Column+1)
	}
	return out
}

func newRekeyRow(pc Context, l report.RekeyLine, columns []int, done map[string]kpi.Rekeyed) rekeyRow {
	row := rekeyRow{Key: l.Key, Head: l.Head}
	for i, c := range l.Cells {
		row.Cells = append(row.Cells, rekeyCell{Text: c.Text(), Label: c.Label && c.Text() != "", Left: c.Align == paper.Left,
			Columns: c.Columns, Rows: c.Rows, Column: columns[i]})
		if c.Label || row.Label == "" {
			row.Label = c.Text()
		}
	}
	if tick, ok := done[l.Key]; ok && !l.Head {
		row.Done = tick.Printed == l.Printed()
		row.Changed = !row.Done
		row.By = pc.Printer.T("rekey.by", pc.person(tick.By), pc.Printer.Time(tick.At, pc.zone()))
	}
	return row
}

func RekeyPath(y kpi.Year) string { return reportPath(y) + "/rekey" }

// RekeyPapers are those that are typed into the finance system.
var RekeyPapers = []report.Paper{report.SelfEvaluation, report.ProjectScores}
