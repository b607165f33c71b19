package page

import (
	"regexp"
	"strings"
)

// plainNumber is a number as a column shows it, without a measure.
var plainNumber = regexp.MustCompile(`^-?[\d,]+(\.\d+)?$`)

// align gives the numbers of a column as many decimals as the one with most, so that they stand digit under
// digit: 166.0 · 119.5 · 0.0. Words and dashes stay.
func align(column ...*string) {
	most := 0
	for _, text := range column {
		if _, frac, _ := strings.Cut(*text, "."); plainNumber.MatchString(*text) {
			most = max(most, len(frac))
		}
	}
	for _, text := range column {
		if !plainNumber.MatchString(*text) || most == 0 {
			continue
		}
		whole, frac, _ := strings.Cut(*text, ".")
		*text = whole + "." + frac + strings.Repeat("0", most-len(frac))
	}
}

// alignRows aligns each column of a table; columns returns the texts of a row, as many as of any other.
func alignRows[Row any](rows []*Row, columns func(*Row) []*string) {
	for i := 0; len(rows) > 0 && i < len(columns(rows[0])); i++ {
		var column []*string
		for _, row := range rows {
			column = append(column, columns(row)[i])
		}
		align(column...)
	}
}

// places returns the places of a list's rows.
func places[Row any](rows []Row) []*Row {
	out := make([]*Row, len(rows))
	for i := range rows {
		out[i] = &rows[i]
	}
	return out
}
