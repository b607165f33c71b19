package logbook

import (
	"encoding/csv"
	"io"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// WriteCSV writes a log as CSV that Excel opens as UTF-8. Texts that a program could take for formulas
// get an apostrophe in front. It returns the errors of the entries and of the writer.
func WriteCSV(w io.Writer, b Book) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = b.Language.T(c.key)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	err := b.Each(func(e Entry) error {
		for i, c := range columns {
			cell := c.cell(b, e)
			record[i] = cell.text
			if cell.number == "" {
				record[i] = kpi.Neutral(paper.Visible(cell.text))
			}
		}
		return out.Write(record)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}
