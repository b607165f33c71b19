package seal

import (
	"encoding/csv"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
)

// csv lists the entries for a spreadsheet, with the names of entries.json.
func (p Package) csv() string {
	var b strings.Builder
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	rows := [][]string{{"id", "indicator", "unit", "unit_name", "dated", "amount", "precision", "wording", "level",
		"evidence"}}
	for _, e := range p.Entries {
		row := []string{strconv.FormatInt(int64(e.ID), 10), e.Indicator, strconv.FormatInt(int64(e.Unit), 10), e.UnitName,
			string(e.Dated), e.Amount, e.Precision, e.Wording, e.Level, strings.Join(e.Evidence, " ")}
		for i := range row {
			row[i] = kpi.Neutral(paper.Visible(row[i]))
		}
		rows = append(rows, row)
	}
	w.WriteAll(rows) //nolint:errcheck // a strings.Builder takes all
	return b.String()
}
