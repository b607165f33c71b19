package report

import (
	"encoding/csv"
	"io"

	"dabiao/internal/paper"
)

// WriteLogCSV writes a log as a table that Excel opens as UTF-8. What a program could take for a
// formula stands behind an apostrophe. An error is the entries' or the writer's.
func WriteLogCSV(w io.Writer, b LogBook) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	record := make([]string, len(logColumns))
	for i, c := range logColumns {
		record[i] = b.Language.T(c.key)
	}
	if err := out.Write(record); err != nil {
		return err
	}
	err := b.Each(func(l LogLine) error {
		for i, c := range logColumns {
			cell := c.cell(b, l)
			record[i] = cell.text
			if cell.number == "" {
				record[i] = paper.Neutral(cell.text)
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
