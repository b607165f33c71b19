package paper

import (
	"encoding/csv"
	"errors"
	"io"

	"dabiao/internal/kpi"
)

// WriteCSV writes the tables of a document for spreadsheets: UTF-8 with the byte order mark that Excel
// needs for Chinese, an empty line between tables, and empty fields where a cell spans. Numbers are plain
// decimals; text that a spreadsheet would read as a formula is quoted (see [kpi.Neutral]). It returns the
// writer's errors.
func WriteCSV(w io.Writer, d Document) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	var errs []error
	tables := 0
	for _, a := range d.Annexes {
		for _, b := range a.Blocks {
			if b.Table == nil {
				continue
			}
			if tables++; tables > 1 {
				errs = append(errs, c.Write([]string{""}))
			}
			errs = append(errs, c.WriteAll(b.Table.plain()))
		}
	}
	c.Flush()
	return errors.Join(append(errs, c.Error())...)
}

// plain returns the table's text, a field for each column.
func (t Table) plain() [][]string {
	out := make([][]string, len(t.Rows))
	for i := range out {
		out[i] = make([]string, len(t.Widths))
	}
	for _, c := range t.Place() {
		out[c.Row][c.Column] = c.field()
	}
	return out
}

func (c Cell) field() string {
	if c.Value != nil {
		return c.Value.Amount.String()
	}
	return kpi.Neutral(Visible(c.Text()))
}

// HasTables reports whether an annex has any tables.
func (a Annex) HasTables() bool {
	for _, b := range a.Blocks {
		if b.Table != nil {
			return true
		}
	}
	return false
}
