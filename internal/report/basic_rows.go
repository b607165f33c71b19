package report

import (
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// FormSums returns what the rows of the year's forms come to.
func (b *Draft) FormSums() progress.FormSums {
	return progress.FormSums{Values: b.Rows, Basic: b.BasicFigures(), Budget: b.Board.Budget}
}

// basicRows is a block of the basic data with rows and columns of its own. What nobody stated stays blank.
func (b *Draft) basicRows(block kpi.FormBlock) *paper.Table {
	title := b.p.Name(block.Title, block.TitleEn)
	t := &paper.Table{Widths: basicWidths, Caption: title, Head: 1}
	spans := spans(len(block.Columns))
	head := []paper.Cell{paper.Label(title).Over(2, 1)}
	for i, c := range block.Columns {
		head = append(head, paper.Label(b.p.Name(c.Name, c.NameEn)).Over(spans[i], 1))
	}
	t.Add(head...)
	sums := b.FormSums()
	for i, row := range block.Rows {
		if !sums.Prints(block, i) {
			continue
		}
		cells := []paper.Cell{paper.Label(b.RowName(row)).AtLeft().Over(2, 1)}
		for j, c := range block.Columns {
			cells = append(cells, b.rowCell(sums, block, i, c).AtRight().Over(spans[j], 1))
		}
		t.Add(cells...)
	}
	return t
}

// spans divides the columns of the basic data, but for the two of the names, into n.
func spans(n int) (out []int) {
	all := len(basicWidths) - 2
	for i := range n {
		out = append(out, all*(i+1)/n-all*i/n)
	}
	return out
}

// RowName is a row's name, the office's own where it may give one, set in by its level.
func (b *Draft) RowName(row kpi.FormRow) string {
	name := b.p.Name(row.Name, row.NameEn)
	if own := b.Rows.Texts[row.Key]; row.Named && own != "" {
		name = own
	}
	return strings.Repeat("　", row.Level) + name
}

func (b *Draft) rowCell(sums progress.FormSums, block kpi.FormBlock, row int, c kpi.FormColumn) paper.Cell {
	r := &paper.Ref{Basic: "rows:" + block.Rows[row].Key, Aspect: paper.RefAspect(c.Key)}
	if len(c.Of) > 0 {
		rate := sums.Rate(block, row, c)
		if !rate.Ok() {
			return paper.Words("")
		}
		return paper.NewCell(paper.Live(b.p.Percent(rate.Value), r)).Rated(rate.Value)
	}
	a := sums.Amount(block, row, c)
	if !a.Ok() {
		return paper.Words("")
	}
	if c.Measure == kpi.TenThousandY {
		return paper.NewCell(paper.Live(b.tenThousand(a.Value, 2), r)).Counted(c.Shown(a.Value), 2)
	}
	return paper.NewCell(paper.Live(b.p.Number(a.Value, 2), r)).Counted(a.Value, 2)
}

// basicTexts is a block of words: a row for each text.
func (b *Draft) basicTexts(block kpi.FormBlock) *paper.Table {
	t := &paper.Table{Widths: basicWidths, Caption: b.p.Name(block.Title, block.TitleEn)}
	for _, row := range block.Rows {
		t.Add(paper.Label(b.p.Name(row.Name, row.NameEn)).Over(2, 1),
			paper.Words(b.Rows.Texts[row.Key]).AtLeft().Over(len(basicWidths)-2, 1))
	}
	return t
}
