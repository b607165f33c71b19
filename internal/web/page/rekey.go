package page

import (
	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

// rekeyPage shows a paper that is typed into the finance system row by row.
type rekeyPage struct {
	Layout
	Tabs    []layoutLink
	AsOf    string
	Name    string
	Count   string // how many rows are done
	Action  string
	Tables  []rekeyTable
	MayTick bool
}

type rekeyTable struct {
	Caption string
	Rows    []rekeyRow
}

// rekeyRow is a row of the paper. Changed means that its contents have changed since it was typed.
type rekeyRow struct {
	Key, Label string
	Cells      []rekeyCell
	Head       bool
	Done       bool
	Changed    bool
	By         string
}

// rekeyCell is a cell of a rekeyRow. Column is its first column, counted from 1, so that a column can be
// copied whole.
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
	for i, rows := range report.RekeyRows(a) {
		columns := columnsOf(*a.Blocks[i].Table)
		table := rekeyTable{Caption: a.Blocks[i].Table.Caption}
		for at, r := range rows {
			row := newRekeyRow(pc, r, columns[at], done)
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

// columnsOf returns, for each row, the first columns of its cells, counted from 1.
func columnsOf(t paper.Table) [][]int {
	out := make([][]int, len(t.Rows))
	for _, c := range t.Place() {
		out[c.Row] = append(out[c.Row], c.Column+1)
	}
	return out
}

func newRekeyRow(pc Context, r report.RekeyRow, columns []int, done map[string]kpi.Rekeyed) rekeyRow {
	row := rekeyRow{Key: r.Key, Head: r.Head}
	for i, c := range r.Cells {
		row.Cells = append(row.Cells, rekeyCell{Text: c.Text(), Label: c.Label && c.Text() != "", Left: c.Align == paper.Left,
			Columns: c.Columns, Rows: c.Rows, Column: columns[i]})
		if c.Label || row.Label == "" {
			row.Label = c.Text()
		}
	}
	if tick, ok := done[r.Key]; ok && !r.Head {
		row.Done = tick.Printed == r.Printed()
		row.Changed = !row.Done
		row.By = pc.Printer.T("rekey.by", pc.person(tick.By), pc.Printer.Time(tick.At, pc.zone()))
	}
	return row
}

func RekeyPath(y kpi.Year) string { return reportPath(y) + "/rekey" }

// RekeyPapers lists the papers that are typed into the finance system.
var RekeyPapers = []report.Paper{report.SelfEvaluation, report.ProjectScores}
