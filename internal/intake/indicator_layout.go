package intake

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// IndicatorColumns are the columns that a person can tell of a table without headings, in the order of forms.
var IndicatorColumns = []IndicatorColumn{IndicatorName, IndicatorArea, IndicatorMeasure, IndicatorTarget,
	IndicatorWeight, IndicatorOwner, IndicatorPartners, IndicatorDefinition, IndicatorSource, IndicatorNote,
	IndicatorCode, IndicatorNameEn}

// IndicatorLayout says what the columns of a table are whose headings are missing or unknown.
type IndicatorLayout struct {
	Columns []IndicatorColumn // "": it is not read
	From    int               // the first row that is read, from 0
}

// ColumnsUnknown reports whether a table of indicators was refused because nobody knows what its columns are, so that
// a person can be asked. Of all else (too many rows, several sheets, lines that do not fit the columns) the person is
// told.
func ColumnsUnknown(err error) bool {
	var e *kpi.Error
	return errors.As(err, &e) && slices.Contains(
		[]string{"indicators_heading", "indicators_no_name", "indicators_column_twice"}, e.Text.Key)
}

// BareTable returns the first sheet that holds anything as lines of cells between tabs, cell by cell as it was.
func BareTable(grids []Grid) (rows [][]string) {
	clean := strings.NewReplacer("\t", " ", "\r", "", "\n", " ")
	for _, g := range grids {
		width := g.width()
		for _, row := range g.Rows {
			texts := make([]string, width)
			for i := range texts {
				texts[i] = strings.TrimSpace(clean.Replace(row.Cell(i).Text))
			}
			rows = append(rows, texts)
		}
		if len(rows) > 0 {
			break
		}
	}
	return rows
}

// amountLike is a cell that states a number, with or without a sign and a measure: 1,200 · ≥95% · 不少于 12 场.
var amountLike = regexp.MustCompile(`^[^\d]{0,6}\d[\d,]*(\.\d+)?\D{0,6}$`)

// GuessLayout guesses what the columns are from what stands in them, to be looked at by a person.
func GuessLayout(rows [][]string) IndicatorLayout {
	if len(rows) == 0 {
		return IndicatorLayout{}
	}
	l := IndicatorLayout{Columns: make([]IndicatorColumn, len(rows[0]))}
	words, columns := newVocabulary(Known{}), make([]columnLook, len(rows[0]))
	for i := range columns {
		columns[i] = lookAt(rows, i, words)
	}
	take := func(column IndicatorColumn, fits func(columnLook) bool, better func(a, b columnLook) bool) (at int) {
		at = -1
		for i, c := range columns {
			if l.Columns[i] == "" && c.filled > 0 && fits(c) && (at < 0 || better(c, columns[at])) {
				at = i
			}
		}
		if at >= 0 {
			l.Columns[at] = column
		}
		return at
	}
	first := func(columnLook, columnLook) bool { return false }
	take(IndicatorMeasure, func(c columnLook) bool { return 2*c.measures > c.filled }, first)
	name := take(IndicatorName, func(c columnLook) bool { return 2*c.numbers < c.filled },
		func(a, b columnLook) bool { return a.distinct*a.length > b.distinct*b.length })
	target := take(IndicatorTarget, func(c columnLook) bool { return 2*c.numbers > c.filled && !c.serial }, first)
	take(IndicatorWeight, func(c columnLook) bool { return 2*c.numbers > c.filled && !c.serial && c.small }, first)
	text := func(c columnLook) bool { return c.numbers == 0 && 2*c.distinct <= c.filled+2 }
	take(IndicatorArea, func(c columnLook) bool { return c.at < name && text(c) }, first)
	take(IndicatorOwner, func(c columnLook) bool { return c.at > name && text(c) }, first)
	states := func(row int) bool { return amountLike.MatchString(rows[row][target]) }
	if target >= 0 && len(rows) > 1 && !states(0) && states(1) {
		l.From = 1
	}
	return l
}

// columnLook is what stands in a column.
type columnLook struct {
	at, filled, numbers, measures, distinct, length int
	serial, small                                   bool // 1, 2, 3 … · none above 100
}

func lookAt(rows [][]string, at int, words *vocabulary) columnLook {
	c, seen := columnLook{at: at, serial: true, small: true}, map[string]bool{}
	for _, row := range rows {
		text := row[at]
		if text == "" {
			continue
		}
		c.filled++
		c.length += utf8.RuneCountInString(text)
		if seen[text] = true; amountLike.MatchString(text) {
			c.numbers++
			c.serial = c.serial && strings.Trim(text, "0123456789.、") == ""
			c.small = c.small && len(strings.TrimRight(strings.SplitN(text, ".", 2)[0], "分")) <= 2
		}
		if words.measure(text) != "" {
			c.measures++
		}
	}
	c.distinct = len(seen)
	c.serial = c.serial && c.numbers > 1 && at == 0 && c.distinct == c.filled
	return c
}

// ReadIndicatorsAs reads a table whose columns a person has named. Refusals, all Invalid: indicators_no_name,
// indicators_column_twice, indicators_many.
func ReadIndicatorsAs(g Grid, l IndicatorLayout, year kpi.Year) (IndicatorTable, error) {
	r := &indicatorReader{Grid: g, year: year, words: newVocabulary(Known{}), body: min(max(l.From, 0), len(g.Rows)),
		at: map[IndicatorColumn]int{}, heads: map[int]string{}}
	for i, column := range l.Columns {
		if !slices.Contains(IndicatorColumns, column) {
			continue
		}
		if _, twice := r.at[column]; twice {
			return IndicatorTable{}, kpi.Refuse(kpi.Invalid, "indicators_column_twice")
		}
		r.at[column] = i
	}
	if _, named := r.at[IndicatorName]; !named {
		return IndicatorTable{}, kpi.Refuse(kpi.Invalid, "indicators_no_name")
	}
	out := r.read()
	if len(out.Rows) > MaxIndicators {
		return IndicatorTable{}, kpi.Refuse(kpi.Invalid, "indicators_many", len(out.Rows), MaxIndicators)
	}
	return out, nil
}
