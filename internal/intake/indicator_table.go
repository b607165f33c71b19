package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"dabiao/internal/kpi"
)

// IndicatorRow is a row of a table of indicators in its own words.
type IndicatorRow struct {
	Number   int // as the program that made the file counts, from 1
	Cells    map[IndicatorColumn]string
	Carried  bool       // the area is that of a row above, as where cells were merged
	Mistakes []kpi.Text // why a cell cannot be read
}

// IndicatorTable is a table of indicators as it was read.
type IndicatorTable struct {
	Rows   []IndicatorRow
	Unread []string   // headings of columns that nothing was read from
	Left   []kpi.Text // rows that are no indicators, and why
	Done   string     // the heading of the column of what was achieved; "": none
}

// MaxIndicators is how many a table may hold: more than any office's year, and few enough to be gone through on one
// page.
const MaxIndicators = 400

// ReadIndicators finds the table of indicators among a file's sheets: one with a column of names. Headings
// may bear any usual word, stand in two rows and below a title; rows that head a group (一、思想引领) are the
// area of those below. year is the one the targets are of.
//
// Refusals, all Invalid: indicators_heading without such a table, list_sheets where several sheets hold one,
// indicators_many, import_row_longer and import_row_swallowed by line for a CSV whose lines do not fit its headings.
func ReadIndicators(grids []Grid, year kpi.Year) (IndicatorTable, error) {
	var found *indicatorReader
	for _, g := range grids {
		r := &indicatorReader{Grid: g, year: year, words: newVocabulary(Known{})}
		if !r.findHead() {
			continue
		}
		if found != nil {
			return IndicatorTable{}, kpi.Refuse(kpi.Invalid, "list_sheets", quote(found.Name), quote(g.Name))
		}
		found = r
	}
	if found == nil {
		return IndicatorTable{}, kpi.Refuse(kpi.Invalid, "indicators_heading")
	}
	if n := len(found.Rows) - found.body; n > 10*MaxIndicators {
		return IndicatorTable{}, kpi.Refuse(kpi.Invalid, "indicators_many", n, MaxIndicators)
	}
	if err := found.ragged(); err != nil {
		return IndicatorTable{}, err
	}
	out := found.read()
	out.Left = append(out.Left, found.unread(grids)...)
	if len(out.Rows) > MaxIndicators {
		return IndicatorTable{}, kpi.Refuse(kpi.Invalid, "indicators_many", len(out.Rows), MaxIndicators)
	}
	return out, nil
}

// ragged refuses a CSV with lines that cannot be divided into its columns, each by its number: what stands in them is
// not what it seems (1,259 without quotes is 1).
func (r *indicatorReader) ragged() error {
	headings := 0
	for _, head := range r.Rows[:r.body] {
		headings = max(headings, len(head.Cells))
	}
	var m kpi.Mistakes
	for _, row := range r.Rows[r.body:] {
		why := r.longer(row, len(row.Cells), headings)
		if why.Key == "" {
			why, _ = r.swallowed(row, headings)
		}
		if why.Key != "" {
			m.Add("file", why.Key, why.Args...)
		}
	}
	return m.Err()
}

// unread says what of a file was left out besides single rows: columns without a heading, hidden sheets, and those that
// hold figures.
func (r *indicatorReader) unread(grids []Grid) (out []kpi.Text) {
	for column := range r.width() {
		filled := slices.ContainsFunc(r.Rows[r.body:], func(row GridRow) bool { return row.Cell(column).Kind != CellEmpty })
		used := false
		for _, at := range r.at {
			used = used || at == column
		}
		if filled && !used && r.heads[column] == "" {
			out = append(out, kpi.T("indicators_column_bare", ColumnName(column)))
		}
	}
	var hidden []string
	for _, row := range r.Rows[r.body:] {
		if row.hidden && len(hidden) < 10 {
			hidden = append(hidden, itoa(row.Number))
		}
	}
	if len(hidden) > 0 {
		out = append(out, kpi.T("indicators_hidden_rows", strings.Join(hidden, "、")))
	}
	for _, g := range grids {
		if g.Name != r.Name && g.holdsFigures() {
			out = append(out, kpi.T("indicators_sheet_unread", quote(g.Name)))
		}
	}
	for _, name := range slices.Concat(r.Grid.unseen, r.Grid.beyond) {
		out = append(out, kpi.T("indicators_sheet_unread", quote(name)))
	}
	return out
}

// told is how much a table says of its indicators.
func (t IndicatorTable) told() (cells int) {
	for _, row := range t.Rows {
		if row.Cells[IndicatorName] != "" {
			cells += len(row.Cells)
			if row.Cells[IndicatorMeasure] != "" { // a list of indicators, not a form filled in with them
				cells += len(row.Cells)
			}
		}
	}
	return cells
}

// FullestIndicators reads the sheet that says most of indicators, where several hold a table of them, as a year's
// workbook does. Refusals, both Invalid: indicators_heading, indicators_many.
func FullestIndicators(grids []Grid, year kpi.Year) (best IndicatorTable, sheet string, others []string, err error) {
	err = kpi.Refuse(kpi.Invalid, "indicators_heading")
	for _, g := range grids {
		table, refused := ReadIndicators([]Grid{g}, year)
		switch {
		case refused != nil && sheet == "":
			err = refused
		case refused == nil && table.told() > best.told():
			if sheet != "" {
				others = append(others, quote(sheet))
			}
			best, sheet, err = table, g.Name, nil
		case refused == nil:
			others = append(others, quote(g.Name))
		}
	}
	for _, g := range grids {
		if err == nil && g.Name != sheet && !slices.Contains(others, quote(g.Name)) && g.holdsFigures() {
			others = append(others, quote(g.Name))
		}
	}
	return best, sheet, others, err
}

// indicatorReader reads one sheet.
type indicatorReader struct {
	Grid
	year  kpi.Year
	words *vocabulary
	body  int                     // the first row below the headings
	at    map[IndicatorColumn]int // where each column stands
	heads map[int]string          // the headings, by column
	of    kpi.Measure             // what the heading of the target says it is written in
}

// findHead finds the row of headings, with the one below it where headings take two.
func (r *indicatorReader) findHead() bool {
	best, most := -1, 0
	for i := range min(headerRows, len(r.Rows)) {
		at, _ := r.columns(i, i+1)
		if _, named := at[IndicatorName]; named && len(at) > most && (len(at) > 1 || r.width() == 1) {
			best, most = i, len(at)
		}
	}
	if best < 0 {
		best = r.unnamedHead()
	}
	if best < 0 {
		return false
	}
	r.body = best + 1
	if r.completesHead(best + 1) {
		r.body++
	}
	r.at, r.heads = r.columns(best, r.body)
	if _, named := r.at[IndicatorName]; !named {
		r.at[IndicatorName] = r.nameColumn()
	}
	r.settle()
	return true
}

// completesHead reports whether a row stands with the headings above it: it names columns and no indicator. Beside two
// that are known, 年度 and 季度 may say more of the one above; a row of an indicator holds a number.
func (r *indicatorReader) completesHead(i int) bool {
	if i >= len(r.Rows)-1 {
		return false
	}
	known, others, numbers := 0, 0, false
	for _, c := range r.Rows[i].Cells {
		numbers = numbers || c.Kind != CellEmpty && c.Kind != CellText || strings.ContainsFunc(c.Text, unicode.IsDigit)
		switch {
		case c.Kind == CellEmpty:
		case c.Kind == CellText && readIndicatorHeading(c.Text, r.year).column != "":
			known++
		default:
			others++
		}
	}
	return known > others || known > 1 && !numbers
}

// columns returns what the headings in rows from to to name, each by its surest; a lower row says more than the
// one above.
func (r *indicatorReader) columns(from, to int) (map[IndicatorColumn]int, map[int]string) {
	at, heads, best := map[IndicatorColumn]int{}, map[int]string{}, map[IndicatorColumn]indicatorHeading{}
	for column := range r.width() {
		var h indicatorHeading
		for _, row := range r.Rows[from:to] {
			cell := r.shown(row, column)
			if cell.Kind != CellText {
				continue
			}
			if heads[column] = cell.Text; heads[column] != "" {
				if lower := readIndicatorHeading(cell.Text, r.year); lower.column != "" || h.column == "" {
					h = lower
				}
			}
		}
		if h.column == "" {
			continue
		}
		before, taken := best[h.column]
		if !taken || h.of && !before.of || h.of == before.of && h.rank < before.rank {
			at[h.column], best[h.column] = column, h
		}
	}
	return at, heads
}

// shown returns what stands in a cell, also where it is merged with another.
func (r *indicatorReader) shown(row GridRow, column int) Cell {
	if c := row.Cell(column); c.Kind != CellEmpty {
		return c
	}
	for _, m := range r.merges {
		if m.top <= row.Number && row.Number <= m.bottom && m.left <= column && column <= m.right {
			at, _ := slices.BinarySearchFunc(r.Rows, m.top, func(row GridRow, number int) int { return row.Number - number })
			if at < len(r.Rows) && r.Rows[at].Number == m.top {
				return r.Rows[at].Cell(m.left)
			}
		}
	}
	return Cell{}
}

// settle decides by the cells what the words leave open.
func (r *indicatorReader) settle() {
	below := r.Rows[r.body:min(r.body+MaxIndicators, len(r.Rows))]
	count := func(column IndicatorColumn, is func(string) bool) (yes, all int) {
		at, ok := r.at[column]
		for _, row := range below {
			if c := r.shown(row, at); ok && c.Kind != CellEmpty {
				all++
				if is(c.Text) {
					yes++
				}
			}
		}
		return yes, all
	}
	move := func(from, to IndicatorColumn) {
		if _, taken := r.at[to]; !taken && to != "" {
			r.at[to] = r.at[from]
		}
		delete(r.at, from)
	}
	if yes, all := count(IndicatorMeasure, func(s string) bool { return r.words.measure(s) != "" }); all > 0 &&
		3*yes < all {
		move(IndicatorMeasure, IndicatorOwner) // 单位: an organisation
	}
	if yes, all := count(IndicatorSign, func(s string) bool { return SignOf(s) != "" }); all > 0 && 2*yes < all {
		move(IndicatorSign, "")
	}
	if yes, all := count(IndicatorCategory, func(s string) bool { return CategoryOf(s) != "" }); all > 0 && 2*yes < all {
		if at, has := r.at[IndicatorArea]; !has || r.heads[at] == "一级指标" {
			delete(r.at, IndicatorArea)
			move(IndicatorCategory, IndicatorArea)
		}
	}
	if _, has := r.at[IndicatorArea]; !has && r.at[IndicatorName] > 0 {
		for column := r.at[IndicatorName] - 1; column >= 0; column-- { // 项目 beside 指标 groups them
			if roleOfHeading(r.heads[column]) == ColIndicator {
				r.at[IndicatorArea] = column
				break
			}
		}
	}
	if at, has := r.at[IndicatorTarget]; has {
		for _, s := range r.words.statements(r.heads[at]) {
			if len(s.measures) == 1 {
				r.of = s.measures[0]
			}
		}
	}
}

func (r *indicatorReader) read() (out IndicatorTable) {
	used := map[int]bool{}
	for column, at := range r.at {
		used[at] = used[at] || column != IndicatorDone
	}
	for column := range r.width() {
		if head := r.heads[column]; head != "" && !used[column] && !slices.Contains(plainColumns, plainName(head)) {
			out.Unread = append(out.Unread, quote(head))
		}
	}
	if at, ok := r.at[IndicatorDone]; ok {
		out.Done = quote(r.heads[at])
	}
	area := ""
	for _, row := range r.Rows[r.body:] {
		if group, ok := r.group(row); ok {
			area = group
			continue
		}
		read, left := r.row(row, &area)
		switch {
		case left.Key != "":
			out.Left = append(out.Left, left)
		case len(read.Cells) > 0 || len(read.Mistakes) > 0:
			out.Rows = append(out.Rows, read)
		}
	}
	return out
}

// plainColumns are left out without a word.
var plainColumns = []string{"序号", "编号", "序", "no", "id"}

var (
	groupNumber = regexp.MustCompile(`^\s*[（(]?[一二三四五六七八九十]{1,3}\s*[)）、.．]\s*`)
	listNumber  = regexp.MustCompile(`^\s*(?:[（(]\d{1,3}[)）]|\d{1,3}\s*[.．、)）]|[①-⑳])\s*(\D.*)$`)
	footWords   = regexp.MustCompile(`^\s*(?:注|备注|说明|填[报表]人|填[报表]单位|审[核批]人|单位负责人|制表人?|联系人|联系电话|note|prepared by)\s*[:：]`)
)

// group returns the area a row heads: one text alone in it, numbered as chapters are or merged over the table.
func (r *indicatorReader) group(row GridRow) (string, bool) {
	text, column := "", 0
	for i, c := range row.Cells {
		if c.Kind == CellEmpty || c.Text == text {
			continue
		}
		if text != "" || c.Kind != CellText {
			return "", false
		}
		text, column = c.Text, i
	}
	merged := slices.ContainsFunc(r.merges, func(m gridMerge) bool {
		return m.top <= row.Number && row.Number <= m.bottom && m.left <= column && column <= m.right && m.right-m.left >= 2
	})
	if text == "" || r.width() == 1 || !merged && !groupNumber.MatchString(text) || footWords.MatchString(text) ||
		isTotal(text) {
		return "", false
	}
	return groupNumber.ReplaceAllString(text, ""), true
}

// row reads a row; left says why it is no indicator.
func (r *indicatorReader) row(row GridRow, area *string) (out IndicatorRow, left kpi.Text) {
	out = IndicatorRow{Number: row.Number, Cells: map[IndicatorColumn]string{}}
	for column, at := range r.at {
		cell := row.Cell(at)
		if column != IndicatorName && cell.Kind == CellEmpty {
			cell = r.shown(row, at)
		}
		if cell.Kind == CellBroken {
			out.Mistakes = append(out.Mistakes, kpi.T("import_cell_broken", cell.Text))
		} else if text := strings.TrimSpace(cell.Text); text != "" {
			out.Cells[column] = text
		}
	}
	first := out.Cells[IndicatorName]
	for _, c := range row.Cells {
		if first == "" {
			first = c.Text
		}
	}
	for _, c := range row.Cells {
		if c.Kind == CellText && isTotal(c.Text) {
			return out, kpi.T("indicators_total", row.Number, quote(c.Text))
		}
	}
	if footWords.MatchString(first) {
		return out, kpi.T("indicators_foot", row.Number, quote(first))
	}
	if len(out.Cells) == 0 {
		return out, left
	}
	r.tidy(&out, area)
	return out, left
}

// tidy takes numbers of lists off names, and gives a row the area of those above where its own is blank.
func (r *indicatorReader) tidy(row *IndicatorRow, area *string) {
	if m := listNumber.FindStringSubmatch(row.Cells[IndicatorName]); m != nil {
		row.Cells[IndicatorName] = m[1]
	}
	own := groupNumber.ReplaceAllString(row.Cells[IndicatorArea], "")
	if m := listNumber.FindStringSubmatch(own); m != nil {
		own = m[1]
	}
	switch {
	case own != "":
		*area, row.Cells[IndicatorArea] = own, own
	case *area != "":
		row.Cells[IndicatorArea] = *area
		_, column := r.at[IndicatorArea]
		row.Carried = column
	}
	if CategoryOf(row.Cells[IndicatorCategory]) == "" {
		delete(row.Cells, IndicatorCategory)
	}
	if row.Cells[IndicatorMeasure] == "" && r.of != "" {
		row.Cells[IndicatorMeasure] = string(r.of)
	}
}
